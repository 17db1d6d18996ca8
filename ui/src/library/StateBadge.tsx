import type { LibraryDocument } from '../api/types';
import { Icon, type IconName } from '../design/Icon';
import { useMessages } from '../i18n';

const ICONS: Record<LibraryDocument['state'], IconName> = {
  QUEUED: 'waiting',
  READING: 'again',
  WORDS: 'ask',
  READY: 'check',
  REJECTED: 'warn',
  FAILED: 'warn',
};

/** How far a document has come: a sign and a word, never colour alone. */
export function StateBadge({ state }: { state: LibraryDocument['state'] }) {
  const t = useMessages();
  return (
    <span className={`state ${state.toLowerCase()}`} title={t.library.stateHints[state]}>
      <Icon name={ICONS[state]} size={14} />
      {t.library.states[state]}
    </span>
  );
}

export function isFinal(state: LibraryDocument['state']): boolean {
  return state === 'READY' || state === 'REJECTED' || state === 'FAILED';
}
