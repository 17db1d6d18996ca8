import { type FormEvent, useState } from 'react';
import { signIn } from '../api/client';
import { Problem } from '../api/http';
import type { Me } from '../api/types';
import { describe } from '../design/Fault';
import { Field } from '../design/Field';
import { Notice } from '../design/Notice';
import { type Messages, useMessages } from '../i18n';
import { Brand } from './Brand';

function faultOf(error: unknown, t: Messages): string {
  if (error instanceof Problem && error.status === 429) return error.detail ?? t.signIn.locked;
  if (error instanceof Problem && error.status === 401) return t.signIn.wrong;
  return describe(error, t);
}

export function SignIn({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const t = useMessages();
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault('');
    try {
      onSignedIn(await signIn(String(form.get('username')), String(form.get('password'))));
    } catch (error) {
      setFault(faultOf(error, t));
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <Brand />
      <form onSubmit={submit}>
        <div>
          <h1>{t.signIn.title}</h1>
          <p className="quiet">{t.signIn.lead}</p>
        </div>
        {fault && <Notice tone="fault">{fault}</Notice>}
        <Field
          name="username"
          label={t.signIn.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
        />
        <Field
          name="password"
          type="password"
          label={t.signIn.password}
          autoComplete="current-password"
          required
        />
        <button type="submit" className="button primary" disabled={busy}>
          {t.signIn.submit}
        </button>
      </form>
      <p className="quiet small">{t.signIn.firstStart}</p>
    </main>
  );
}
