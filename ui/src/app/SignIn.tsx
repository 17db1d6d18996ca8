import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { signIn } from '../api/client';
import type { Me } from '../api/types';
import { describe } from '../design/Fault';
import { Field } from '../design/Field';
import { Notice } from '../design/Notice';
import { useLanguage } from '../i18n';
import { isUnderway, uploads } from '../library/uploads';
import { Brand } from './Brand';
import { useTitle } from './screen';

export function SignIn({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const { t, format } = useLanguage();
  useTitle(t.signIn.title);
  const [fault, setFault] = useState('');
  const unsent = useSyncExternalStore(uploads.subscribe, uploads.snapshot).filter(
    isUnderway,
  ).length;
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault('');
    try {
      onSignedIn(await signIn(String(form.get('username')), String(form.get('password'))));
    } catch (error) {
      setFault(describe(error, t, format));
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
        {unsent > 0 && <Notice tone="warn">{t.signIn.endedWhileSending(unsent)}</Notice>}
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
    </main>
  );
}
