import { type FormEvent, type KeyboardEvent, type RefObject, useId } from 'react';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';

interface QuestionFieldProps {
  value: string;
  onChange: (value: string) => void;
  onAsk: (question: string) => void;
  onStop: () => void;
  /** Leaves the question that is being changed as it was. */
  onCancel: (() => void) | undefined;
  running: boolean;
  followUp: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** The field: Enter asks, Shift+Enter starts a line. While an answer arrives, the button stops it. */
export function QuestionField(props: QuestionFieldProps) {
  const { value, onChange, onAsk, onStop, onCancel, running, followUp, field } = props;
  const t = useMessages();
  const id = useId();

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const question = value.trim();
    if (question) onAsk(question);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      onCancel();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <form className="question-field" onSubmit={submit}>
      <label htmlFor={id} className="visually-hidden">
        {t.ask.label}
      </label>
      <textarea
        id={id}
        ref={field}
        rows={1}
        dir="auto"
        maxLength={4000}
        value={value}
        placeholder={followUp ? t.ask.followUp : t.ask.placeholder}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {onCancel && (
        <button type="button" className="button" onClick={onCancel}>
          {t.ask.leaveAsItWas}
        </button>
      )}
      {running ? (
        <button type="button" className="button" onClick={onStop}>
          <Icon name="stop" size={18} />
          {t.ask.stop}
        </button>
      ) : (
        <button type="submit" className="button primary" disabled={value.trim() === ''}>
          {t.ask.submit}
        </button>
      )}
    </form>
  );
}
