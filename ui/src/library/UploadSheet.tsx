import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { collections, createCollection, groups } from '../api/client';
import type { Collection } from '../api/types';
import { useMe } from '../app/session';
import { Choices } from '../design/Choices';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { FormSheet } from '../design/FormSheet';
import { Select } from '../design/Select';
import { Sheet } from '../design/Sheet';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { groupName } from '../i18n/service';
import type { Gathered } from './dropped';
import { LeftOut } from './LeftOut';
import { uploads } from './uploads';

interface UploadSheetProps {
  gathered: Gathered;
  collection: string | undefined;
  onClose: () => void;
}

/** Where dropped files go and who may read them, asked before anything is sent. */
export function UploadSheet(props: UploadSheetProps) {
  const { t } = useLanguage();
  const { gathered, onClose } = props;
  const places = useQuery({ queryKey: ['collections'], queryFn: collections });
  if (gathered.files.length === 0) {
    return (
      <Sheet title={t.library.adding.nothing} onClose={onClose}>
        <LeftOut {...gathered} />
        <div className="sheet-actions">
          <button type="button" className="button" onClick={onClose}>
            {t.common.close}
          </button>
        </div>
      </Sheet>
    );
  }
  if (places.data) return <Places {...props} places={places.data.filter((one) => one.mayAdd)} />;
  return (
    <Sheet title={t.library.uploadTitle(gathered.files.length)} onClose={onClose}>
      {places.error ? <Fault error={places.error} retry={places.refetch} /> : <Skeleton />}
    </Sheet>
  );
}

const NEW = 'new';
// Shown chosen, so that a first upload is read by whoever asks; it is one click to narrow it.
const EVERYONE = 'everyone';

function Places({
  gathered,
  collection,
  places,
  onClose,
}: UploadSheetProps & { places: Collection[] }) {
  const { t, format } = useLanguage();
  const { files } = gathered;
  const queries = useQueryClient();
  const administrator = useMe().roles.includes('ADMINISTRATOR');
  const known = useQuery({ queryKey: ['groups'], queryFn: groups, enabled: administrator });
  const preferred = places.find(({ id }) => id === collection) ?? places[0];
  const [target, setTarget] = useState(preferred?.id ?? NEW);
  const [own, setOwn] = useState(false);
  const choosesReaders = administrator && (own || target === NEW);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const choices = known.data?.map(({ name }) => ({ value: name, label: groupName(name, t) }));

  const start = async (form: FormData) => {
    const readers = form.getAll('readers').map(String);
    let id = target;
    if (target === NEW) {
      const name = String(form.get('name'));
      id = (await createCollection({ name, description: '', readers, contributors: [] })).id;
      await queries.invalidateQueries({ queryKey: ['collections'] });
    }
    uploads.add(files, { collection: id, readers: target !== NEW && own ? readers : [] });
  };

  return (
    <FormSheet
      title={t.library.uploadTitle(files.length)}
      act={t.library.start}
      needs={choosesReaders ? [known] : []}
      onClose={onClose}
      onSave={start}
    >
      <p className="quiet">
        {files[0]?.path}
        {files.length > 1 && ' …'} · {format.bytes(bytes)}
      </p>
      <LeftOut {...gathered} />
      <Select label={t.library.uploadInto} value={target} onChange={setTarget}>
        {places.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {administrator && <option value={NEW}>{t.library.newCollection}</option>}
      </Select>
      {target === NEW && (
        <Field name="name" label={t.library.collectionName} maxLength={200} required />
      )}
      {target !== NEW && administrator && (
        <label className="check">
          <input type="checkbox" checked={!own} onChange={() => setOwn(!own)} />
          {t.library.asCollection}
        </label>
      )}
      {choosesReaders && choices && (
        <Choices
          legend={t.library.uploadReaders}
          name="readers"
          chosen={target === NEW ? [EVERYONE] : []}
          choices={choices}
        />
      )}
    </FormSheet>
  );
}
