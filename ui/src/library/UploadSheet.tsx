import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { collections, groups } from '../api/client';
import { Choices } from '../design/Choices';
import { FormSheet } from '../design/FormSheet';
import { Notice } from '../design/Notice';
import { Sheet } from '../design/Sheet';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import type { Incoming } from './dropped';
import { uploads } from './uploads';

interface UploadSheetProps {
  files: Incoming[];
  collection: string | undefined;
  onClose: () => void;
}

/** Where dropped files go and who may read them, asked before anything is sent. */
export function UploadSheet({ files, collection, onClose }: UploadSheetProps) {
  const { t, format } = useLanguage();
  const [own, setOwn] = useState(false);
  const places = useQuery({ queryKey: ['collections'], queryFn: collections });
  const known = useQuery({ queryKey: ['groups'], queryFn: groups });
  const title = t.library.uploadTitle(files.length);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);

  if (!places.data || places.data.length === 0) {
    return (
      <Sheet title={title} onClose={onClose}>
        {places.data ? <Notice tone="warn">{t.library.noCollection}</Notice> : <Skeleton />}
        <div className="sheet-actions">
          <button type="button" className="button" onClick={onClose}>
            {t.common.close}
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <FormSheet
      title={title}
      act={t.library.start}
      onClose={onClose}
      onSave={async (form) =>
        uploads.add(files, {
          collection: String(form.get('collection')),
          readers: own ? form.getAll('readers').map(String) : [],
        })
      }
    >
      <p className="quiet">
        {files[0]?.path}
        {files.length > 1 && ' …'} · {format.bytes(bytes)}
      </p>
      <div className="field">
        <label htmlFor="upload-collection">{t.library.uploadInto}</label>
        <select
          id="upload-collection"
          name="collection"
          className="input"
          defaultValue={collection ?? places.data[0]?.id}
        >
          {places.data.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <label className="check">
        <input type="checkbox" checked={!own} onChange={() => setOwn(!own)} />
        {t.library.asCollection}
      </label>
      {own && (
        <Choices
          legend={t.library.uploadReaders}
          name="readers"
          chosen={[]}
          choices={(known.data ?? []).map(({ name }) => ({ value: name, label: name }))}
        />
      )}
    </FormSheet>
  );
}
