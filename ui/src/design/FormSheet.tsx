import { type FormEvent, type ReactNode, useState } from 'react';
import { useMessages } from '../i18n';
import { Fault } from './Fault';
import { Sheet } from './Sheet';
import { Skeleton } from './Skeleton';

/** Something fetched, such as a query's result. */
interface Need {
  data: unknown;
  error: unknown;
  refetch: () => unknown;
}

interface FormSheetProps {
  title: string;
  act: string;
  /**
   * What the form offers to choose from. Until all of it is there nothing can be saved: a choice
   * that is not shown would be saved as not chosen.
   */
  needs?: readonly Need[];
  /** Whether there is anything that could be saved. */
  complete?: boolean;
  /** Saves the form; a failure is shown and the sheet stays. */
  onSave: (form: FormData) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with a form in it. */
export function FormSheet({
  title,
  act,
  needs = [],
  complete = true,
  onSave,
  onClose,
  children,
}: FormSheetProps) {
  const t = useMessages();
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const missing = needs.filter(({ data }) => data === undefined);
  const failed = missing.filter(({ error }) => error !== null);

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
        {missing.length > failed.length && <Skeleton />}
        {failed.length > 0 && (
          <Fault
            error={failed[0]?.error}
            retry={() => {
              for (const { refetch } of failed) refetch();
            }}
          />
        )}
        {fault !== null && <Fault error={fault} />}
        <div className="sheet-actions">
          <button type="button" className="button plain" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button
            type="submit"
            className="button primary"
            disabled={busy || !complete || missing.length > 0}
          >
            {act}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
