import { SignOut } from '../app/SignOut';
import { useScreen } from '../app/screen';
import { useMe } from '../app/session';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { groupName } from '../i18n/service';
import { Appearance } from './Appearance';
import { PasswordForm } from './PasswordForm';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

/** One's own account. */
export default function AccountPage() {
  const { t, format } = useLanguage();
  const me = useMe();
  useScreen(t.nav.account);
  return (
    <div className="page narrow roomy">
      <div className="page-head">
        <div>
          <h1>{t.nav.account}</h1>
          <p className="quiet">
            {t.account.signedInAs(
              me.displayName || me.username,
              format.list(me.groups.map((group) => groupName(group, t))),
            )}
          </p>
        </div>
        <SignOut className="button">
          <Icon name="leave" size={18} />
          {t.nav.signOut}
        </SignOut>
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
