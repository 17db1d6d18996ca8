import { type ChangeEvent, useEffect, useRef } from 'react';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { chosen, type Gathered } from './dropped';

/** Two buttons for those who do not drag: files, and a folder. */
export function PickFiles({ onPick }: { onPick: (gathered: Gathered) => void }) {
  const t = useMessages();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), []);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    onPick(chosen(event.target.files ?? []));
    event.target.value = '';
  };
  return (
    <>
      <button type="button" className="button" onClick={() => folder.current?.click()}>
        {t.library.addFolder}
      </button>
      <button type="button" className="button primary" onClick={() => files.current?.click()}>
        <Icon name="plus" size={18} />
        {t.library.add}
      </button>
      <input ref={folder} type="file" hidden onChange={pick} />
      <input ref={files} type="file" multiple hidden onChange={pick} />
    </>
  );
}
