import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { type AuditEvent, type AuditFilter, auditEvents, SEEN } from '../api/audit';
import { useScreen } from '../app/screen';
import { Empty } from '../design/Empty';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { AuditFilters, FIELDS } from './AuditFilters';
import { AuditTabs } from './AuditTabs';
import { Export } from './Export';
import { Health } from './Health';
import { about, act, who } from './plain';
import { Totals } from './Totals';
import './audit.css';

/** The record of what happened, newest first; the filters are in the address. */
export default function AuditPage() {
  const { t } = useLanguage();
  const [params, setParams] = useSearchParams();
  const filter: AuditFilter = {};
  for (const name of FIELDS) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  const set = (name: keyof AuditFilter, value: string) =>
    setParams(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const events = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => auditEvents(filter, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];

  useScreen(
    [
      t.audit.title,
      filter.actor,
      filter.act && (filter.act === SEEN ? t.access.sawDocument : t.audit.acts[filter.act]),
    ]
      .filter(Boolean)
      .join(' · '),
  );
  const totals = events.data?.pages[0]?.totals;
  const title =
    items.flatMap(({ subjects }) => subjects).find(({ id }) => id === filter.document)?.name ??
    null;

  return (
    <div className="page">
      <div className="page-head">
        <div className="page-title">
          <h1>{t.audit.title}</h1>
          <p className="quiet">{t.audit.lead}</p>
        </div>
        <Export filter={filter} nothing={events.data !== undefined && items.length === 0} />
      </div>
      <AuditTabs current="records" />
      <Health />
      <AuditFilters filter={filter} title={title} onChange={set} />
      {events.error && <Fault error={events.error} retry={events.refetch} />}
      {Object.keys(filter).length > 0 && <p className="quiet small">{t.desk.savedView}</p>}
      {totals && <Totals totals={totals} onAct={(act) => set('act', act)} />}
      {events.isPending && <Skeleton lines={10} />}
      {events.data && items.length === 0 && <Empty icon="audit" title={t.audit.empty} />}
      {items.length > 0 && (
        <div className="table-frame">
          <Records items={items} onPerson={(actor) => set('actor', actor)} />
        </div>
      )}
      {events.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={events.isFetchingNextPage}
          onClick={() => events.fetchNextPage()}
        >
          {t.audit.more}
        </button>
      )}
    </div>
  );
}

interface RecordsProps {
  items: AuditEvent[];
  onPerson: (actor: string) => void;
}

function Records({ items, onPerson }: RecordsProps) {
  const { t, format } = useLanguage();
  return (
    <table className="records stacks">
      <thead>
        <tr>
          <th scope="col">{t.audit.when}</th>
          <th scope="col">{t.audit.person}</th>
          <th scope="col">{t.audit.what}</th>
          <th scope="col">{t.audit.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((event) => (
          <tr key={event.id}>
            <td className="nowrap">
              <Link href={`/audit/${event.id}`}>{format.dateTime(event.time)}</Link>
            </td>
            <td>
              <button type="button" className="link quiet" onClick={() => onPerson(event.actor)}>
                {who(event, t)}
              </button>
            </td>
            <td>
              {act(event, t)} <span className="quiet">{about(event, t)}</span>
            </td>
            <td>
              <span className={`tag outcome ${event.outcome}`}>
                {t.audit.outcomes[event.outcome] ?? event.outcome}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
