import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { ConversationList } from '../ask/ConversationList';
import { thread } from '../ask/thread';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { Brand } from './Brand';
import { fetchAhead, sectionsFor } from './routes';
import { SignOut } from './SignOut';
import { useMe } from './session';

/** The frame of every screen: where one can go, and who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useMessages();
  const me = useMe();
  const [path, navigate] = useLocation();
  useEffect(fetchAhead, []);

  const newQuestion = () => {
    thread.show();
    navigate('/');
  };

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t.common.skip}
      </a>
      <header className="bar">
        <Link href="/" className="home" aria-label="Docent">
          <Brand />
        </Link>
        <button type="button" className="button new-question" onClick={newQuestion}>
          <Icon name="plus" size={18} />
          <span>{t.nav.newQuestion}</span>
        </button>
        <nav aria-label={t.nav.main}>
          {sectionsFor(me).map(({ path: target, icon, name, ahead }) => (
            <Link
              key={target}
              href={target}
              className="nav-link"
              aria-current={isAt(path, target) ? 'page' : undefined}
              onPointerEnter={ahead}
              onFocus={ahead}
            >
              <Icon name={icon} />
              <span>{name(t)}</span>
            </Link>
          ))}
        </nav>
        <ConversationList />
        <div className="bar-end">
          <Link
            href="/account"
            className="nav-link"
            aria-current={path === '/account' ? 'page' : undefined}
          >
            <Icon name="account" />
            <span className="clip">
              <span className="visually-hidden">{t.nav.account}: </span>
              {me.displayName || me.username}
            </span>
          </Link>
          <SignOut className="nav-link sign-out">
            <Icon name="leave" />
            <span>{t.nav.signOut}</span>
          </SignOut>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function isAt(path: string, target: string): boolean {
  return target === '/' ? path === '/' || path.startsWith('/c/') : path.startsWith(target);
}
