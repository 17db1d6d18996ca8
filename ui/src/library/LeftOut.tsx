import { Notice } from '../design/Notice';
import { useMessages } from '../i18n';
import type { Gathered } from './dropped';

// By name; of more, how many.
const NAMED = 3;

/** What of a drop does not come along, and why. */
export function LeftOut({ hidden, unreadable }: Gathered) {
  const t = useMessages();
  return (
    <>
      {unreadable.length > 0 && (
        <Notice tone="warn">
          {t.library.adding.unreadable(unreadable.length)} <Names paths={unreadable} />
        </Notice>
      )}
      {hidden.length > 0 && (
        <Notice tone="info">
          {t.library.adding.hidden(hidden.length)} <Names paths={hidden} />
        </Notice>
      )}
    </>
  );
}

function Names({ paths }: { paths: string[] }) {
  return (
    <span className="quiet" dir="auto">
      {paths.slice(0, NAMED).join(', ')}
      {paths.length > NAMED && ', …'}
    </span>
  );
}
