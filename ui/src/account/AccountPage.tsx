import { useMe } from '../app/session';
import { useSignOut } from '../app/useSignOut';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { Appearance } from './Appearance';
import { PasswordForm } from './PasswordForm';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

/** One's own account. */
export default function AccountPage() {
  const { t, format } = useLanguage();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <div className="page narrow roomy">
      <div className="page-head">
        <div>
          <h1>{t.nav.account}</h1>
          <p className="quiet">
            {t.account.signedInAs(me.displayName || me.username, format.list(me.groups))}
          </p>
        </div>
        <button type="button" className="button" onClick={signOut}>
          <Icon name="leave" size={18} />
          {t.nav.signOut}
        </button>
      </div>
      <Appearance />
      <section className="stack">
        <h2>{t.account.changePassword}</h2>
        <PasswordForm />
      </section>
      <Sessions />
      <Tokens />
    </div>
  );
}
