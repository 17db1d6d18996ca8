import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readableBy } from '../api/client';
import type { User } from '../api/types';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';

/** What a person may read; asked for, and so on record, when somebody wants to see it. */
export function Readable({ user }: { user: User }) {
  const t = useMessages();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['readable', user.id],
    queryFn: () => readableBy(user.id),
    staleTime: 0,
    enabled: open,
  });
  return (
    <details className="unfold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.access.readable}</summary>
      {error && <Fault error={error} retry={refetch} />}
      {open && !data && !error && <Skeleton lines={2} />}
      {data && (
        <>
          <p>
            {data.documents === 0 ? t.access.nothing : t.ask.documents(data.documents)}{' '}
            <span className="quiet small">{t.access.readableLead}</span>
          </p>
          <ul className="lines">
            {data.collections.map(({ id, name, documents, folders }) => (
              <li key={id}>
                <span className="line-text" dir="auto">
                  {name}
                  {folders.map((folder) => (
                    <span key={folder.path} className="quiet small">
                      {t.access.folder(folder.path, t.ask.documents(folder.documents))}
                    </span>
                  ))}
                </span>
                <span className="quiet small nowrap">{t.ask.documents(documents)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
