import { useQueryClient } from '@tanstack/react-query';
import { PasswordForm } from '../account/PasswordForm';
import { useMessages } from '../i18n';
import { Brand } from './Brand';
import { useTitle } from './screen';

/** The printed first password is replaced before anything else is done. */
export function FirstPassword() {
  const t = useMessages();
  useTitle(t.account.firstPassword);
  const queries = useQueryClient();
  return (
    <main className="sign-in">
      <Brand />
      <div className="card">
        <h1>{t.account.firstPassword}</h1>
        <p className="quiet">{t.account.firstPasswordLead}</p>
        <PasswordForm autoFocus onChanged={() => queries.invalidateQueries({ queryKey: ['me'] })} />
      </div>
    </main>
  );
}
