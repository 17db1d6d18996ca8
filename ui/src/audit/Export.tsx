import { useRef, useState } from 'react';
import { type AuditFilter, exportAudit } from '../api/audit';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { save } from './save';

/** Saves what the filters match as CSV or JSON Lines. */
export function Export({ filter }: { filter: AuditFilter }) {
  const { t, format } = useLanguage();
  const [received, setReceived] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);

  const start = async (kind: 'csv' | 'jsonl') => {
    const abort = new AbortController();
    running.current = abort;
    setFault(null);
    setReceived(0);
    try {
      save(await exportAudit(filter, kind, setReceived, abort.signal), `audit.${kind}`);
    } catch (error) {
      if (!abort.signal.aborted) setFault(error);
    }
    setReceived(null);
  };

  if (received !== null) {
    return (
      <div className="export" role="status">
        <span className="figures">{t.audit.exporting(format.bytes(received))}</span>
        <button type="button" className="button" onClick={() => running.current?.abort()}>
          {t.common.cancel}
        </button>
      </div>
    );
  }
  return (
    <div className="export">
      {fault !== null && <Fault error={fault} />}
      {(['csv', 'jsonl'] as const).map((kind) => (
        <button key={kind} type="button" className="button" onClick={() => start(kind)}>
          <Icon name="download" size={18} />
          {t.audit.export} {kind === 'csv' ? 'CSV' : 'JSON Lines'}
        </button>
      ))}
    </div>
  );
}
