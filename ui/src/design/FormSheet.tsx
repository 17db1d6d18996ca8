import { type FormEvent, type ReactNode, useState } from 'react';
import { useMessages } from '../i18n';
import { Fault } from './Fault';
import { Sheet } from './Sheet';

interface FormSheetProps {
  title: string;
  act: string;
  /** Saves the form; a failure is shown and the sheet stays. */
  onSave: (form: FormData) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with a form in it. */
export function FormSheet({ title, act, onSave, onClose, children }: FormSheetProps) {
  const t = useMessages();
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await onSave(new FormData(event.currentTarget));
      onClose();
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };

  return (
    <Sheet title={title} onClose={onClose}>
      <form className="sheet-body" onSubmit={save}>
        {children}
        {fault !== null && <Fault error={fault} />}
        <div className="sheet-actions">
          <button type="button" className="button plain" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button type="submit" className="button primary" disabled={busy}>
            {act}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
