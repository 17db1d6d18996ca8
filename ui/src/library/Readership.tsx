import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { giveBackReaders, readership } from '../api/client';
import type { LibraryDocument, Readership as Readers } from '../api/types';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { type Messages, useLanguage } from '../i18n';
import { groupName } from '../i18n/service';

/** Who may read a document, and through what; asked for, and so on record, when somebody wants to see it. */
export function Readership({ document }: { document: LibraryDocument }) {
  const { t, format } = useLanguage();
  const [open, setOpen] = useState(false);
  const readers = useInfiniteQuery({
    queryKey: ['readership', document.id, document.readers],
    queryFn: ({ pageParam }) => readership(document.id, pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.people.length, 0);
      return shown < total ? shown : undefined;
    },
    enabled: open,
  });
  const { error, refetch } = readers;
  const known = readers.data?.pages.at(-1);
  return (
    <details className="unfold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.access.readers}</summary>
      {error && <Fault error={error} retry={refetch} />}
      {open && !known && !error && <Skeleton lines={3} />}
      {known && (
        <>
          <p>{origin(known, t)}</p>
          {known.source === 'HAND' && <GiveBack document={document} />}
          <ul className="lines">
            {known.groups.map(({ name, members }) => (
              <li key={name}>
                <span className="line-text">{groupName(name, t)}</span>
                <span className="quiet small nowrap">{t.people.members(members)}</span>
              </li>
            ))}
          </ul>
          <p>{known.total === 0 ? t.access.nobody : t.access.people(known.total)}</p>
          <ul className="lines">
            {readers.data?.pages
              .flatMap(({ people }) => people)
              .map(({ id, displayName, username, groups }) => (
                <li key={id}>
                  <span className="line-text" dir="auto">
                    {displayName || username} <span className="quiet small">{username}</span>
                  </span>
                  <span className="quiet small">
                    {format.list(groups.map((group) => groupName(group, t)))}
                  </span>
                </li>
              ))}
          </ul>
          {readers.hasNextPage && (
            <button
              type="button"
              className="button small fit"
              disabled={readers.isFetchingNextPage}
              onClick={() => readers.fetchNextPage()}
            >
              {t.access.more}
            </button>
          )}
          <p className="quiet small">{t.access.besides}</p>
        </>
      )}
    </details>
  );
}

function origin({ source, folder }: Readers, t: Messages): string {
  switch (source) {
    case 'COLLECTION':
      return t.access.byCollection;
    case 'FOLDER':
      return t.access.byFolder(folder ?? '');
    case 'RULES':
      return t.access.byRules;
    case 'HAND':
      return t.access.byHand;
  }
}

/** Takes back what somebody chose for the document alone. */
function GiveBack({ document }: { document: LibraryDocument }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const giveBack = async () => {
    queries.setQueryData(['document', document.id], await giveBackReaders(document.id));
    await queries.invalidateQueries({ queryKey: ['readership', document.id] });
    await queries.invalidateQueries({ queryKey: ['documents'] });
  };
  return (
    <>
      <button type="button" className="button small fit" onClick={() => setAsked(true)}>
        {t.access.giveBack}
      </button>
      {asked && (
        <Confirm
          title={t.access.confirmGiveBack(document.title)}
          lead={t.access.giveBackLead}
          act={t.access.giveBack}
          onConfirm={giveBack}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
