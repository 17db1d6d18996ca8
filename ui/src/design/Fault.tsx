import { Problem } from '../api/http';
import { type Formats, type Messages, useLanguage } from '../i18n';
import { problemText } from '../i18n/service';
import { Notice } from './Notice';

/** What went wrong and what to do; in the service's words where the page has none for its code. */
export function describe(error: unknown, t: Messages, format: Formats): string {
  if (!(error instanceof Problem)) return t.common.failed;
  if (error.code === 'OFFLINE') return t.common.offline;
  return (
    problemText(error.body, t, format) ?? error.body.detail ?? t.common.unknownError(error.message)
  );
}

export function Fault({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const { t, format } = useLanguage();
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
      {describe(error, t, format)}
    </Notice>
  );
}
