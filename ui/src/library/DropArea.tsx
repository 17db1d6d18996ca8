import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { dropped, type Gathered } from './dropped';

interface DropAreaProps {
  enabled: boolean;
  onDrop: (gathered: Gathered) => void;
  children: ReactNode;
}

/** Takes files and folders dropped anywhere in the window. */
export function DropArea({ enabled, onDrop, children }: DropAreaProps) {
  const t = useMessages();
  const [over, setOver] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const onDropped = async (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(false);
      onDrop(await dropped(event.dataTransfer));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDropped);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDropped);
    };
  }, [enabled, onDrop]);

  return (
    <>
      {children}
      {over && (
        <div className="drop-here">
          <p>
            <Icon name="upload" size={32} />
            {t.library.drop}
          </p>
        </div>
      )}
    </>
  );
}
