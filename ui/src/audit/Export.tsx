import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  type AuditFilter,
  cancelExport,
  EXPORT_FORMS,
  type ExportForm,
  exportAddress,
  type RunningExport,
  runningExports,
} from '../api/audit';
import { Problem } from '../api/http';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { download } from './save';

const LOOK_MILLIS = 1_000;
/** How long an export that was just begun may take to be seen; a short one is over before that. */
const BEGUN_MILLIS = 5_000;

interface ExportProps {
  filter: AuditFilter;
  /** Whether the filters match no record. */
  nothing: boolean;
}

/**
 * Saves what the filters match: as evidence with its proofs, or as a view of it. The browser writes
 * the file and the service knows how far it is, so that neither looking elsewhere nor a reload ends
 * an export or hides it.
 */
export function Export({ filter, nothing }: ExportProps) {
  const { t } = useLanguage();
  const [begun, setBegun] = useState(false);
  const { data: running = [], refetch } = useQuery({
    queryKey: ['audit', 'exports'],
    queryFn: runningExports,
    refetchInterval: ({ state }) => (begun || state.data?.length ? LOOK_MILLIS : false),
  });
  useEffect(() => {
    if (!begun) return;
    const timer = setTimeout(() => setBegun(false), BEGUN_MILLIS);
    return () => clearTimeout(timer);
  }, [begun]);
  const start = (form: ExportForm) => {
    download(exportAddress(filter, form));
    setBegun(true);
  };
  return (
    <div className="export">
      {running.map((one) => (
        <Running key={one.id} one={one} onCancelled={refetch} />
      ))}
      {running.length === 0 &&
        EXPORT_FORMS.map((form) => (
          <button
            key={form}
            type="button"
            className="button"
            disabled={nothing}
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

function Running({ one, onCancelled }: { one: RunningExport; onCancelled: () => unknown }) {
  const { t } = useLanguage();
  const [fault, setFault] = useState<unknown>(null);
  const { id, records, total, waiting } = one;
  const cancel = async () => {
    setFault(null);
    try {
      await cancelExport(id);
    } catch (error) {
      // It has ended by itself meanwhile.
      if (!(error instanceof Problem && error.status === 404)) setFault(error);
    }
    onCancelled();
  };
  return (
    <>
      <label className="export-progress">
        <span className="figures">{t.audit.exporting(records, total)}</span>
        <progress max={Math.max(1, total)} value={records} />
        {waiting > 0 && <span>{t.audit.notSignedYet(waiting)}</span>}
      </label>
      <button type="button" className="button" onClick={cancel}>
        {t.common.cancel}
      </button>
      {fault !== null && <Fault error={fault} />}
    </>
  );
}
