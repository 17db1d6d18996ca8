import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  changeCollection,
  collections,
  createCollection,
  groups,
  removeCollection,
} from '../api/client';
import type { Collection } from '../api/types';
import { Choices } from '../design/Choices';
import { Confirm } from '../design/Confirm';
import { Empty } from '../design/Empty';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { FormSheet } from '../design/FormSheet';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { groupName } from '../i18n/service';

/** The collections, and who may read what is added to each. */
export function CollectionsTab() {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['collections'], queryFn: collections });
  const [open, setOpen] = useState<Collection | 'new' | null>(null);
  const [doomed, setDoomed] = useState<Collection | null>(null);
  if (error) return <Fault error={error} retry={refetch} />;
  if (!data) return <Skeleton lines={6} />;
  return (
    <>
      <button type="button" className="button primary fit" onClick={() => setOpen('new')}>
        <Icon name="plus" size={18} />
        {t.people.addCollection}
      </button>
      {data.length === 0 && (
        <Empty icon="library" title={t.people.noCollections}>
          <p className="quiet">{t.people.noCollectionsLead}</p>
        </Empty>
      )}
      <ul className="lines framed">
        {data.map((collection) => (
          <li key={collection.id}>
            <span className="line-text">
              <strong className="clip">{collection.name}</strong>
              <span className="quiet small">
                {[
                  t.ask.documents(collection.documents),
                  format.list(collection.readers.map((group) => groupName(group, t))),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span className="acts">
              <button
                type="button"
                className="button small"
                onClick={() => setOpen(collection)}
                aria-label={t.people.editCollection(collection.name)}
              >
                <Icon name="edit" size={16} />
              </button>
              <button
                type="button"
                className="button small danger"
                onClick={() => setDoomed(collection)}
                aria-label={t.people.confirmDeleteCollection(collection.name)}
              >
                <Icon name="trash" size={16} />
              </button>
            </span>
          </li>
        ))}
      </ul>
      {open && (
        <CollectionSheet collection={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
      {doomed && (
        <Confirm
          title={t.people.confirmDeleteCollection(doomed.name)}
          lead={t.people.deleteCollectionLead(doomed.documents)}
          name={doomed.name}
          act={t.common.delete}
          onConfirm={async () => {
            await removeCollection(doomed.id);
            await queries.invalidateQueries();
          }}
          onClose={() => setDoomed(null)}
        />
      )}
    </>
  );
}

/** Makes or changes a collection. */
export function CollectionSheet({
  collection,
  onClose,
}: {
  collection: Collection | null;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const known = useQuery({ queryKey: ['groups'], queryFn: groups });
  const choices = known.data?.map(({ name }) => ({ value: name, label: groupName(name, t) }));
  const save = async (form: FormData) => {
    const change = {
      name: String(form.get('name')),
      description: String(form.get('description')),
      readers: form.getAll('readers').map(String),
      contributors: form.getAll('contributors').map(String),
    };
    if (collection) await changeCollection(collection.id, change);
    else await createCollection(change);
    await queries.invalidateQueries({ queryKey: ['collections'] });
  };
  return (
    <FormSheet
      title={collection ? t.people.editCollection(collection.name) : t.people.addCollection}
      act={collection ? t.common.save : t.common.create}
      needs={[known]}
      onSave={save}
      onClose={onClose}
    >
      <Field
        name="name"
        label={t.people.displayName}
        defaultValue={collection?.name ?? ''}
        maxLength={200}
        required
      />
      <Field
        name="description"
        label={t.people.description}
        defaultValue={collection?.description ?? ''}
        maxLength={2000}
      />
      {choices && (
        <>
          <Choices
            legend={t.people.collectionReaders}
            name="readers"
            chosen={collection?.readers ?? []}
            choices={choices}
          />
          <Choices
            legend={t.people.collectionContributors}
            name="contributors"
            chosen={collection?.contributors ?? []}
            choices={choices}
          />
        </>
      )}
    </FormSheet>
  );
}
