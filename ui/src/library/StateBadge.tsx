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

interface StateBadgeProps {
  document: LibraryDocument;
  /** Where there is room for a sentence on what can be done with it already. */
  inFull?: boolean;
}

/** How far a document has come: a sign and a word, never colour alone, and where in it the service is. */
export function StateBadge({ document, inFull = false }: StateBadgeProps) {
  const { t, format } = useLanguage();
  const { state, progress } = document;
  if (inFull && state === 'WORDS') {
    return (
      <span className="state words figures">
        <Icon name={ICONS.WORDS} size={14} />
        {t.library.adding.askable(progress && percentOf(progress))}
      </span>
    );
  }
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

const percentOf = ({ at, of }: ReadingProgress) => Math.floor((100 * at) / Math.max(1, of));

function describeProgress(progress: ReadingProgress, t: Messages, format: Formats): string {
  const { unit, at, of } = progress;
  if (unit === 'PASSAGE') return t.library.meaning(percentOf(progress));
  const name = t.library.units[unit];
  return of > 0
    ? t.library.unitOf(name, format.number(at), format.number(of))
    : `${name} ${format.number(at)}`;
}

/** Whether its words are found, so that it can be read and asked about. */
export function isAskable(state: LibraryDocument['state']): boolean {
  return state === 'WORDS' || state === 'READY';
}

export function isFinal(state: LibraryDocument['state']): boolean {
  return state === 'READY' || state === 'REJECTED' || state === 'FAILED';
}
