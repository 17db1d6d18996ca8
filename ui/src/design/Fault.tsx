import { Problem } from '../api/http';
import { type Messages, useMessages } from '../i18n';
import { Notice } from './Notice';

/** What went wrong, in the service's words where it sent some. */
export function describe(error: unknown, t: Messages): string {
  if (!(error instanceof Problem)) return t.common.failed;
  if (error.code === 'OFFLINE') return t.common.offline;
  return error.detail ?? t.common.unknownError(error.message);
}

export function Fault({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useMessages();
  return (
    <Notice
      tone="fault"
      action={
        retry && (
          <button type="button" className="button small" onClick={retry}>
            {t.common.retry}
          </button>
        )
      }
    >
      {describe(error, t)}
    </Notice>
  );
}
