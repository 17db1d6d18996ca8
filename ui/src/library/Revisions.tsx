import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { revisions } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';

/** What the document has been; asked for, and so on record, when somebody wants to see it. */
export function Revisions({ document }: { document: LibraryDocument }) {
  const { t, format } = useLanguage();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['revisions', document.id, document.revision],
    queryFn: () => revisions(document.id),
    enabled: open,
  });
  return (
    <details className="unfold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.library.revisions}</summary>
      <p className="quiet small">{t.library.revisionsLead}</p>
      {error && <Fault error={error} retry={refetch} />}
      {open && !data && !error && <Skeleton lines={2} />}
      <dl className="facts">
        {data?.map(({ number, acceptedAt, bytes, sha256 }) => (
          <div key={number}>
            <dt>{t.library.revision(format.number(number))}</dt>
            <dd>
              {format.dateTime(acceptedAt)}, {format.bytes(bytes)}
              <br />
              <span className="quiet small">{sha256}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
