import { useRef, useState } from 'react';
import {
  type AuditFilter,
  cancelExport,
  EXPORT_FORMS,
  type ExportForm,
  type ExportProgress,
  exportAudit,
} from '../api/audit';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { save } from './save';

const ENDINGS: Record<ExportForm, string> = { bundle: 'zip', csv: 'csv', jsonl: 'jsonl' };

/** Saves what the filters match: as evidence with its proofs, or as a view of it. */
export function Export({ filter }: { filter: AuditFilter }) {
  const { t } = useLanguage();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);

  const start = async (form: ExportForm) => {
    const abort = new AbortController();
    running.current = abort;
    setFault(null);
    setProgress({ id: null, bytes: 0, records: 0, total: null });
    try {
      const content = await exportAudit(filter, form, setProgress, abort.signal);
      save(content, `audit.${ENDINGS[form]}`);
    } catch (error) {
      if (!abort.signal.aborted) setFault(error);
    }
    setProgress(null);
  };
  const cancel = async () => {
    const id = progress?.id;
    // Told first: a connection that breaks says less of who wanted it. It may have ended by now.
    if (id) await cancelExport(id).catch(() => {});
    running.current?.abort();
  };

  if (progress) return <Running progress={progress} onCancel={cancel} />;
  return (
    <div className="export">
      {fault !== null && <Fault error={fault} />}
      {EXPORT_FORMS.map((form) => (
        <button
          key={form}
          type="button"
          className="button"
          title={t.audit.exportHints[form]}
          onClick={() => start(form)}
        >
          <Icon name="download" size={18} />
          {t.audit.exports[form]}
        </button>
      ))}
    </div>
  );
}

function Running({ progress, onCancel }: { progress: ExportProgress; onCancel: () => void }) {
  const { t, format } = useLanguage();
  const { bytes, records, total } = progress;
  const told = t.audit.exporting(records, total, format.bytes(bytes));
  return (
    <div className="export">
      <label className="export-progress">
        <span className="figures">{told}</span>
        <progress max={total ?? undefined} value={total === null ? undefined : records} />
      </label>
      <button type="button" className="button" onClick={onCancel}>
        {t.common.cancel}
      </button>
    </div>
  );
}
