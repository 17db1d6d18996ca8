import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { collections, folders, giveBackFolder, groups, labelFolder } from '../api/client';
import { Choices } from '../design/Choices';
import { FormSheet } from '../design/FormSheet';
import { Select } from '../design/Select';
import { useLanguage } from '../i18n';
import { groupName } from '../i18n/service';

/** Who may read a whole folder, now and for what arrives in it later. */
export function FolderSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const places = useQuery({ queryKey: ['collections'], queryFn: collections });
  const known = useQuery({ queryKey: ['groups'], queryFn: groups });
  const [chosen, setChosen] = useState('');
  const first = places.data?.find((one) => one.folders) ?? places.data?.[0];
  const collection = chosen || (first?.id ?? '');
  const found = useQuery({
    queryKey: ['folders', collection],
    queryFn: () => folders(collection),
    enabled: collection !== '',
  });
  const place = places.data?.find(({ id }) => id === collection);
  const [path, setPath] = useState('');
  const folder = found.data?.find((one) => one.path === path) ?? found.data?.[0];

  // The folder that is to have no groups of its own any more.
  const [givenBack, setGivenBack] = useState('');
  const key = `${collection}/${folder?.path}`;
  const follows = givenBack === key;

  const save = async (form: FormData) => {
    if (!folder) return;
    if (follows) await giveBackFolder(collection, folder.path);
    else await labelFolder(collection, folder.path, form.getAll('readers').map(String));
    await queries.invalidateQueries();
  };

  return (
    <FormSheet
      title={t.library.labelFolder}
      act={t.common.save}
      needs={collection === '' ? [places, known] : [places, known, found]}
      complete={folder !== undefined}
      onSave={save}
      onClose={onClose}
    >
      <p className="quiet">{t.library.labelFolderLead}</p>
      {collection !== '' && (
        <Select label={t.library.collection} value={collection} onChange={setChosen}>
          {places.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {places.data && !folder && !found.isLoading && (
        <p>
          {places.data.some((one) => one.folders)
            ? t.library.noFolders
            : t.library.noFoldersAnywhere}
        </p>
      )}
      {known.data && folder && (
        <>
          <Select label={t.library.folder} value={folder.path} onChange={setPath}>
            {found.data?.map((one) => (
              <option key={one.path} value={one.path}>
                {one.path} ({t.ask.documents(one.documents)})
              </option>
            ))}
          </Select>
          {folder.readers && (
            <label className="check">
              <input
                type="checkbox"
                checked={follows}
                onChange={() => setGivenBack(follows ? '' : key)}
              />
              <span>
                {t.access.folderFollows}{' '}
                <span className="quiet small">{t.access.folderFollowsHint}</span>
              </span>
            </label>
          )}
          {!follows && (
            <Choices
              key={key}
              legend={t.library.columns.readers}
              name="readers"
              chosen={folder.readers ?? place?.readers ?? []}
              choices={known.data.map(({ name }) => ({ value: name, label: groupName(name, t) }))}
            />
          )}
        </>
      )}
    </FormSheet>
  );
}
