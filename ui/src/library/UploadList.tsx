import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { askAddress } from '../ask/useScope';
import { describe } from '../design/Fault';
import { Icon } from '../design/Icon';
import { type Formats, type Messages, useLanguage } from '../i18n';
import { type Rejection, rejection } from '../i18n/service';
import { Interrupted } from './Interrupted';
import { LongList } from './LongList';
import { isAskable, StateBadge } from './StateBadge';
import { canRetry, type Outcome, outcomeOf, type Upload, uploads } from './uploads';

/** Files on their way in: how much of each is sent, then how far the service has come with it. */
export function UploadList() {
  const all = useSyncExternalStore(uploads.subscribe, uploads.snapshot);
  const queries = useQueryClient();
  const count = all.filter(({ state }) => state === 'taken').length;
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
      <Interrupted known={all} />
      {all.length > 0 && <Underway all={all} />}
    </>
  );
}

function Underway({ all }: { all: readonly Upload[] }) {
  const { t } = useLanguage();
  const { failed, running, done } = useMemo(() => byOutcome(all), [all]);
  useQuery({
    queryKey: ['arrivals'],
    queryFn: async () => {
      await uploads.look();
      return null;
    },
    refetchInterval: 1000,
    enabled: running.length > 0,
  });
  const toRetry = failed.filter(canRetry).length;
  const added =
    running.length > 0
      ? t.library.adding.running(running.length, all.length)
      : done.length > 0 && t.library.adding.done(done.length);
  const notTaken = failed.length > 0 && t.library.adding.failed(failed.length);
  return (
    <section className="uploads" aria-label={t.library.uploads}>
      <header>
        <h2 className="figures">
          {added}
          {added && notTaken && ' · '}
          {notTaken && <span className="fault-text">{notTaken}</span>}
        </h2>
        <div className="acts">
          {toRetry > 1 && (
            <button type="button" className="button small" onClick={() => uploads.retry()}>
              {t.library.adding.retryAll(toRetry)}
            </button>
          )}
          <button
            type="button"
            className="button plain small"
            disabled={running.length === all.length}
            onClick={() => uploads.clearFinished()}
          >
            {t.library.clearUploads}
          </button>
        </div>
      </header>
      <p className="visually-hidden" role="status">
        {running.length === 0 && [added, notTaken].filter(Boolean).join(', ')}
      </p>
      <progress
        className={running.length > 0 ? '' : 'over'}
        value={all.reduce((sum, { sent }) => sum + sent, 0)}
        max={Math.max(
          1,
          all.reduce((sum, { bytes }) => sum + bytes, 0),
        )}
        aria-label={t.library.uploads}
      />
      <LongList
        label={t.library.uploads}
        items={[...failed, ...running, ...done.toReversed()]}
        keyOf={({ key }) => key}
      >
        {(upload) => <Line upload={upload} />}
      </LongList>
    </section>
  );
}

/** What is being sent comes before what waits. */
function byOutcome(all: readonly Upload[]): Record<Outcome, Upload[]> {
  const found: Record<Outcome, Upload[]> = { failed: [], running: [], done: [] };
  const waiting: Upload[] = [];
  for (const one of all) (one.state === 'waiting' ? waiting : found[outcomeOf(one)]).push(one);
  found.running.push(...waiting);
  return found;
}

function Line({ upload }: { upload: Upload }) {
  const { t, format } = useLanguage();
  const { document, problem } = upload;
  if (document) {
    return (
      <Row path={upload.path} why={rejection(document, t)}>
        <Read upload={upload} document={document} />
      </Row>
    );
  }
  return (
    <Row
      path={upload.path}
      why={problem && { reason: whyNotSent(problem, t, format), whatToDo: null }}
    >
      <span className="upload-state quiet figures">
        <Sent upload={upload} />
        <button
          type="button"
          className="button plain small square"
          onClick={() => uploads.cancel(upload.key)}
          aria-label={t.library.cancelUpload(upload.path)}
        >
          <Icon name="close" size={16} />
        </button>
      </span>
    </Row>
  );
}

interface RowProps {
  path: string;
  /** Why it was not taken, then what to do. */
  why: Rejection | null;
  children: ReactNode;
}

function Row({ path, why, children }: RowProps) {
  return (
    <div className="upload">
      <span className="clip" dir="auto" title={path}>
        {path}
      </span>
      {children}
      {why && (
        <p className="upload-why">
          <span className="fault-text">{why.reason}</span> {why.whatToDo}
        </p>
      )}
    </div>
  );
}

const whyNotSent = (problem: Problem, t: Messages, format: Formats): string =>
  problem.code === 'FILE_CHANGED' ? t.library.adding.changed : describe(problem, t, format);

function Sent({ upload }: { upload: Upload }) {
  const { t } = useLanguage();
  const percent = upload.bytes === 0 ? 100 : Math.round((100 * upload.sent) / upload.bytes);
  switch (upload.state) {
    case 'waiting':
      return t.library.waiting;
    case 'sending':
      return t.library.uploaded(percent);
    case 'away':
      return (
        <>
          <Icon name="warn" size={14} />
          {t.library.away(percent)}
        </>
      );
    case 'failed':
      return canRetry(upload) ? (
        <button
          type="button"
          className="button small"
          onClick={() => uploads.retry(upload.key)}
          aria-label={t.library.adding.retryOf(upload.path)}
        >
          {t.common.retry}
        </button>
      ) : null;
    case 'taken':
      return null;
  }
}

function Read({ upload, document }: { upload: Upload; document: LibraryDocument }) {
  const { t } = useLanguage();
  if (upload.unseen) return <span className="upload-state quiet">{t.library.adding.taken}</span>;
  return (
    <span className="upload-state">
      <Link href={`/library/${document.id}`} className="upload-outcome">
        <StateBadge document={document} inFull />
      </Link>
      {isAskable(document.state) && (
        <Link
          href={askAddress(document.id)}
          className="button small"
          aria-label={t.library.adding.askAbout(upload.path)}
        >
          <Icon name="ask" size={16} />
          {t.library.adding.ask}
        </Link>
      )}
    </span>
  );
}
