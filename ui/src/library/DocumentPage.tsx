import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'wouter';
import { SEEN } from '../api/audit';
import { document as documentById } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { useScreen } from '../app/screen';
import { useMe } from '../app/session';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Notice } from '../design/Notice';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { groupName, rejection } from '../i18n/service';
import Reader from '../reader/Reader';
import { DocumentActs } from './DocumentActs';
import { Readership } from './Readership';
import { Revisions } from './Revisions';
import { isAskable, isFinal, StateBadge } from './StateBadge';
import './library.css';

/** One document: what is known of it, what can be done with it, and itself. */
export default function DocumentPage() {
  const { t } = useLanguage();
  const { id = '' } = useParams();
  const [, navigate] = useLocation();
  const { data, error, refetch } = useQuery({
    queryKey: ['document', id],
    queryFn: () => documentById(id),
    refetchInterval: (query) =>
      query.state.data && !isFinal(query.state.data.state) ? 1000 : false,
  });
  useScreen(data?.title);
  const readable = data !== undefined && isAskable(data.state);
  return (
    <div className={readable ? 'with-reader open document' : 'with-reader'}>
      <div className="beside">
        <div className="page narrow">
          <Link href="/library" className="back">
            <Icon name="back" size={16} />
            {t.library.back}
          </Link>
          {error && <Fault error={error} retry={refetch} />}
          {!data && !error && <Skeleton lines={6} />}
          {data && <Facts document={data} />}
        </div>
      </div>
      {readable && (
        <Reader
          place={{ document: id, page: 0, start: 0, end: 0, boxes: [], revision: null }}
          marks={[]}
          onMove={() => {}}
          onClose={() => navigate('/library')}
        />
      )}
    </div>
  );
}

function Facts({ document }: { document: LibraryDocument }) {
  const { t, format } = useLanguage();
  const me = useMe();
  const rejected = rejection(document, t);
  const rows: [string, string | null][] = [
    [t.library.collection, document.collectionName],
    [t.library.path, document.path],
    [
      t.library.columns.readers,
      document.readers.length > 0
        ? format.list(document.readers.map((group) => groupName(group, t)))
        : t.library.nobody,
    ],
    [t.library.type, document.mediaType],
    [t.library.columns.bytes, format.bytes(document.bytes)],
    [t.library.pages, document.pages === null ? null : format.number(document.pages)],
    [t.library.passages, document.passages === null ? null : format.number(document.passages)],
    [t.library.date, document.date && format.day(document.date)],
    [t.library.columns.updatedAt, format.dateTime(document.updatedAt)],
    [t.library.fingerprint, document.revision],
  ];
  return (
    <>
      <div>
        <h1 dir="auto">{document.title}</h1>
        <p className="document-state">
          <StateBadge document={document} />
          <span className="quiet">{t.library.stateHints[document.state]}</span>
        </p>
      </div>
      {rejected && (
        <Notice tone="warn">
          {rejected.reason}
          {rejected.whatToDo && <p>{rejected.whatToDo}</p>}
        </Notice>
      )}
      {me.roles.includes('ADMINISTRATOR') && <DocumentActs document={document} />}
      <dl className="facts">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {me.roles.includes('ADMINISTRATOR') && <Readership document={document} />}
      {me.roles.includes('COMPLIANCE_OFFICER') && (
        <Link href={`/audit?document=${document.id}&act=${SEEN}`} className="fit">
          {t.access.whoSaw}
        </Link>
      )}
      <Revisions document={document} />
    </>
  );
}
