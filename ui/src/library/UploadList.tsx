import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { document as documentById } from '../api/client';
import { describe } from '../design/Fault';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { Interrupted } from './Interrupted';
import { isFinal, StateBadge } from './StateBadge';
import { isUnderway, type Upload, uploads } from './uploads';

// Enough to see that things move; the table below shows the rest.
const SHOWN = 8;

/** Files on their way in: how much of each is sent, then how far the service has come with it. */
export function UploadList() {
  const all = useSyncExternalStore(uploads.subscribe, uploads.snapshot);
  const queries = useQueryClient();
  const taken = all.filter(({ state }) => state === 'taken');
  const count = taken.length;
  useEffect(() => {
    if (count === 0) return;
    void queries.invalidateQueries({ queryKey: ['documents'] });
    void queries.invalidateQueries({ queryKey: ['collections'] });
  }, [count, queries]);
  const failed = all.filter(({ state }) => state === 'failed').length;
  useEffect(() => {
    if (count + failed > 0) void queries.invalidateQueries({ queryKey: ['uploads'] });
  }, [count, failed, queries]);
  return (
    <>
      <Interrupted underway={all.filter(isUnderway)} />
      {all.length > 0 && <Underway all={all} taken={taken} />}
    </>
  );
}

function Underway({ all, taken }: { all: readonly Upload[]; taken: readonly Upload[] }) {
  const { t } = useLanguage();
  const count = taken.length;
  const shown = [...all.filter(({ state }) => state !== 'taken'), ...taken.toReversed()];
  return (
    <section className="uploads" aria-label={t.library.uploads}>
      <header>
        <h2>
          {t.library.uploads}{' '}
          <span className="quiet figures">
            {count} / {all.length}
          </span>
        </h2>
        <button
          type="button"
          className="button plain small"
          onClick={() => uploads.clearFinished()}
        >
          {t.library.clearUploads}
        </button>
      </header>
      <progress
        value={all.reduce((sum, { sent }) => sum + sent, 0)}
        max={Math.max(
          1,
          all.reduce((sum, { bytes }) => sum + bytes, 0),
        )}
        aria-label={t.library.uploads}
      />
      <ul>
        {shown.slice(0, SHOWN).map((upload) => (
          <li key={upload.key}>
            <span className="clip" dir="auto">
              {upload.path}
            </span>
            <Outcome upload={upload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ upload }: { upload: Upload }) {
  const { t } = useLanguage();
  if (upload.document) return <Progress id={upload.document.id} />;
  if (upload.problem) return <span className="fault-text">{describe(upload.problem, t)}</span>;
  const percent = upload.bytes === 0 ? 100 : Math.round((100 * upload.sent) / upload.bytes);
  return (
    <span className="upload-state quiet figures">
      {upload.state === 'waiting' && t.library.waiting}
      {upload.state === 'sending' && t.library.uploaded(percent)}
      {upload.state === 'away' && (
        <>
          <Icon name="warn" size={14} />
          {t.library.away(percent)}
        </>
      )}
      <button
        type="button"
        className="button plain small square"
        onClick={() => uploads.cancel(upload.key)}
        aria-label={t.library.cancelUpload(upload.path)}
      >
        <Icon name="close" size={16} />
      </button>
    </span>
  );
}

function Progress({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data, error } = useQuery({
    queryKey: ['document', id],
    queryFn: () => documentById(id),
    refetchInterval: (query) =>
      query.state.data && isFinal(query.state.data.state) ? false : 1000,
  });
  // Whoever adds a document for others need not be able to read it.
  if (error) return <span className="quiet">{t.library.states.QUEUED}</span>;
  if (!data) return null;
  return (
    <Link href={`/library/${id}`} className="upload-outcome">
      <StateBadge document={data} />
      {data.reason && <span className="quiet clip">{data.reason}</span>}
    </Link>
  );
}
