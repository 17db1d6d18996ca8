import { type FormEvent, useState } from 'react';
import { useMessages } from '../i18n';
import { Fault } from './Fault';
import { Field } from './Field';
import { Sheet } from './Sheet';

interface ConfirmProps {
  title: string;
  lead: string;
  /** Where it is easy to regret, the name has to be typed. */
  name?: string;
  act: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Tells what is about to be lost, and asks once more. */
export function Confirm({ title, lead, name, act, onConfirm, onClose }: ConfirmProps) {
  const t = useMessages();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };

  return (
    <Sheet title={title} onClose={onClose}>
      <form className="sheet-body" onSubmit={confirm}>
        <p>{lead}</p>
        {name !== undefined && (
          <Field
            label={t.people.typeName(name)}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {fault !== null && <Fault error={fault} />}
        <div className="sheet-actions">
          <button type="button" className="button plain" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button
            type="submit"
            className="button danger"
            disabled={busy || (name !== undefined && typed !== name)}
          >
            {act}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
