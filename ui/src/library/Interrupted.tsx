import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { discardUpload, unfinishedUploads } from '../api/client';
import type { PartialUpload } from '../api/types';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import type { Gathered } from './dropped';
import { LongList } from './LongList';
import { PickFiles } from './PickFiles';
import { byTarget, match, nameOf, placeOf, type Wanted, wanted } from './unfinished';
import { type Upload, uploads } from './uploads';

/** Files that a reload or a closed browser broke off, and how to go on with all of them at once. */
export function Interrupted({ known }: { known: readonly Upload[] }) {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const unfinished = useSyncExternalStore(uploads.subscribe, uploads.unfinished);
  const { data } = useQuery({ queryKey: ['uploads'], queryFn: unfinishedUploads });
  const [fault, setFault] = useState<string | null>(null);
  const interrupted = wanted(unfinished, data ?? [], known);
  if (interrupted.length === 0) return null;

  const goOn = ({ files }: Gathered) => {
    const { found, changed } = match(files, interrupted);
    const [other] = changed;
    if (other?.begun) {
      setFault(t.library.anotherFile(nameOf(other.path), format.bytes(other.begun.bytes)));
    } else setFault(found.length === 0 ? t.library.noneOfThese : null);
    const ids = new Set(found.map((one) => one.wanted.begun?.id));
    queries.setQueryData<PartialUpload[]>(['uploads'], (all) =>
      all?.filter(({ id }) => !ids.has(id)),
    );
    const again = found.map((one) => ({ ...one, target: one.wanted.target }));
    for (const batch of byTarget(again)) uploads.add(batch.files, batch.target);
  };
  const giveUp = async (files: Wanted[]) => {
    uploads.giveUp(files);
    // What stays behind where this fails expires by itself.
    await Promise.allSettled(files.map(({ begun }) => begun && discardUpload(begun.id)));
    await queries.invalidateQueries({ queryKey: ['uploads'] });
  };

  return (
    <section className="uploads" aria-label={t.library.interrupted}>
      <header>
        <h2>{t.library.interrupted}</h2>
        <div className="acts">
          <button type="button" className="button plain small" onClick={() => giveUp(interrupted)}>
            {t.library.giveUpAll}
          </button>
          <PickFiles folder={t.library.goOnFolder} files={t.library.goOn} onPick={goOn} />
        </div>
      </header>
      <p className="quiet small">{t.library.interruptedLead(interrupted.length)}</p>
      {fault && (
        <p className="fault-text" role="alert">
          {fault}
        </p>
      )}
      <LongList label={t.library.interrupted} items={interrupted} keyOf={placeOf}>
        {(one) => <Row wanted={one} onGiveUp={() => giveUp([one])} />}
      </LongList>
    </section>
  );
}

function Row({ wanted: { path, begun }, onGiveUp }: { wanted: Wanted; onGiveUp: () => void }) {
  const { t } = useLanguage();
  return (
    <div className="upload">
      <span className="clip" dir="auto" title={path}>
        {path}
      </span>
      <span className="upload-state quiet figures">
        {t.library.uploaded(begun ? Math.floor((100 * begun.received) / begun.bytes) : 0)}
        <button
          type="button"
          className="button plain small square"
          onClick={onGiveUp}
          aria-label={t.library.cancelUpload(path)}
        >
          <Icon name="close" size={16} />
        </button>
      </span>
    </div>
  );
}
