import type { LibraryDocument, ReadingProgress } from '../api/types';
import { Icon, type IconName } from '../design/Icon';
import { type Formats, type Messages, useLanguage } from '../i18n';

const ICONS: Record<LibraryDocument['state'], IconName> = {
  QUEUED: 'waiting',
  READING: 'again',
  WORDS: 'ask',
  READY: 'check',
  REJECTED: 'warn',
  FAILED: 'warn',
};

/** How far a document has come: a sign and a word, never colour alone, and where in it the service is. */
export function StateBadge({ document }: { document: LibraryDocument }) {
  const { t, format } = useLanguage();
  const { state, progress } = document;
  return (
    <span className="state-badge">
      <span className={`state ${state.toLowerCase()}`} title={t.library.stateHints[state]}>
        <Icon name={ICONS[state]} size={14} />
        {t.library.states[state]}
      </span>
      {progress && (
        <span className="quiet small figures">{describeProgress(progress, t, format)}</span>
      )}
    </span>
  );
}

function describeProgress({ unit, at, of }: ReadingProgress, t: Messages, format: Formats): string {
  if (unit === 'PASSAGE') return t.library.meaning(Math.floor((100 * at) / Math.max(1, of)));
  const name = t.library.units[unit];
  return of > 0
    ? t.library.unitOf(name, format.number(at), format.number(of))
    : `${name} ${format.number(at)}`;
}

export function isFinal(state: LibraryDocument['state']): boolean {
  return state === 'READY' || state === 'REJECTED' || state === 'FAILED';
}
