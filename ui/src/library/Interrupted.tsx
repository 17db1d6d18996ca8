import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useRef, useState } from 'react';
import { discardUpload, unfinishedUploads } from '../api/client';
import type { PartialUpload } from '../api/types';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { type Upload, uploads } from './uploads';

/** Uploads that a reload or a closed browser broke off, and how to go on with them. */
export function Interrupted({ underway }: { underway: readonly Upload[] }) {
  const { t } = useLanguage();
  const { data } = useQuery({ queryKey: ['uploads'], queryFn: unfinishedUploads });
  const interrupted = data?.filter(({ id }) => !underway.some((one) => one.id === id)) ?? [];
  if (interrupted.length === 0) return null;
  return (
    <section className="uploads" aria-label={t.library.interrupted}>
      <header>
        <h2>{t.library.interrupted}</h2>
      </header>
      <p className="quiet small">{t.library.interruptedLead}</p>
      <ul>
        {interrupted.map((upload) => (
          <Row key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

function Row({ upload }: { upload: PartialUpload }) {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [another, setAnother] = useState(false);
  const name = upload.path.slice(upload.path.lastIndexOf('/') + 1);

  const goOn = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const same = file.size === upload.bytes && file.lastModified === Date.parse(upload.modifiedAt);
    setAnother(!same);
    if (!same) return;
    queries.setQueryData<PartialUpload[]>(['uploads'], (all) =>
      all?.filter(({ id }) => id !== upload.id),
    );
    uploads.add([{ file, path: upload.path }], {
      collection: upload.collection,
      readers: upload.readers ?? [],
    });
  };
  const discard = async () => {
    await discardUpload(upload.id).catch(() => {});
    await queries.invalidateQueries({ queryKey: ['uploads'] });
  };

  return (
    <li className="upload">
      <span>
        <span className="clip" dir="auto">
          {upload.path}
        </span>
        {another && (
          <span className="fault-text" role="alert">
            {t.library.anotherFile(name, format.bytes(upload.bytes))}
          </span>
        )}
      </span>
      <span className="upload-state quiet figures">
        {t.library.uploaded(Math.floor((100 * upload.received) / upload.bytes))}
        <button
          type="button"
          className="button small"
          onClick={() => picker.current?.click()}
          aria-label={t.library.goOnWith(name)}
        >
          {t.library.goOn}
        </button>
        <button
          type="button"
          className="button plain small square"
          onClick={discard}
          aria-label={t.library.cancelUpload(upload.path)}
        >
          <Icon name="close" size={16} />
        </button>
        <input ref={picker} type="file" hidden onChange={goOn} />
      </span>
    </li>
  );
}
