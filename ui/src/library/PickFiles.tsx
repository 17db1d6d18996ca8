import { type ChangeEvent, useEffect, useRef } from 'react';
import { Icon } from '../design/Icon';
import { chosen, type Gathered } from './dropped';

interface PickFilesProps {
  /** What the two buttons say. */
  folder: string;
  files: string;
  onPick: (gathered: Gathered) => void;
}

/** Two buttons for those who do not drag: a folder, and files. */
export function PickFiles({ folder, files, onPick }: PickFilesProps) {
  const ofFolder = useRef<HTMLInputElement>(null);
  const ofFiles = useRef<HTMLInputElement>(null);
  useEffect(() => ofFolder.current?.setAttribute('webkitdirectory', ''), []);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const gathered = chosen(event.target.files ?? []);
    event.target.value = '';
    onPick(gathered);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => ofFolder.current?.click()}>
        {folder}
      </button>
      <button type="button" className="button primary" onClick={() => ofFiles.current?.click()}>
        <Icon name="plus" size={18} />
        {files}
      </button>
      <input ref={ofFolder} type="file" hidden onChange={pick} />
      <input ref={ofFiles} type="file" multiple hidden onChange={pick} />
    </>
  );
}
