import { type ComponentProps, useId } from 'react';

interface FieldProps extends ComponentProps<'input'> {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
}

/** A labelled input with its hint and its fault tied to it. */
export function Field({ label, hint, fault, ...input }: FieldProps) {
  const id = useId();
  const note = fault ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className="input"
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={fault ? true : undefined}
      />
      {note && (
        <span id={`${id}-note`} className={fault ? 'fault' : 'hint'}>
          {note}
        </span>
      )}
    </div>
  );
}
