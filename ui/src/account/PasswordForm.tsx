import { type FormEvent, useState } from 'react';
import { changePassword } from '../api/client';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { Notice } from '../design/Notice';
import { useMessages } from '../i18n';

interface PasswordFormProps {
  /** Whether it is what the screen is for. */
  autoFocus?: boolean;
  onChanged?: () => void;
}

/** Two fields that replace one's password. */
export function PasswordForm({ autoFocus, onChanged }: PasswordFormProps) {
  const t = useMessages();
  const [fault, setFault] = useState<unknown>(null);
  const [done, setDone] = useState(false);

  const change = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    setFault(null);
    setDone(false);
    try {
      await changePassword(String(form.get('current')), String(form.get('replacement')));
      element.reset();
      setDone(true);
      onChanged?.();
    } catch (error) {
      setFault(error);
    }
  };

  return (
    <form className="stack" onSubmit={change}>
      <Field
        name="current"
        type="password"
        label={t.account.current}
        autoComplete="current-password"
        autoFocus={autoFocus}
        required
      />
      <Field
        name="replacement"
        type="password"
        label={t.account.replacement}
        hint={t.account.replacementHint}
        autoComplete="new-password"
        minLength={12}
        required
      />
      {fault !== null && <Fault error={fault} />}
      {done && <Notice tone="info">{t.account.passwordChanged}</Notice>}
      <button type="submit" className="button primary">
        {t.account.changePassword}
      </button>
    </form>
  );
}
