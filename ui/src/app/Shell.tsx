import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ConversationList } from '../ask/ConversationList';
import { thread } from '../ask/thread';
import { Icon } from '../design/Icon';
import { Sheet } from '../design/Sheet';
import { useLanguage } from '../i18n';
import { Brand } from './Brand';
import { makeReady, sectionsFor } from './routes';
import { SignOut } from './SignOut';
import { useMe } from './session';

/** The frame of every screen: where one can go, and who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const { t, format } = useLanguage();
  const me = useMe();
  const [path, navigate] = useLocation();
  // On a phone, where there is no room for the list beside the page.
  const [listed, setListed] = useState(false);
  const unlist = () => setListed(false);
  useEffect(() => makeReady(format), [format]);

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
        <section className="conversations" aria-label={t.conversations.title}>
          <h2 className="eyebrow">{t.conversations.title}</h2>
          <ConversationList />
        </section>
        <button
          type="button"
          className="button to-conversations"
          aria-haspopup="dialog"
          onClick={() => setListed(true)}
        >
          <Icon name="conversations" />
          <span>{t.conversations.title}</span>
        </button>
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
      {listed && (
        <Sheet title={t.conversations.title} onClose={unlist}>
          <ConversationList onOpen={unlist} />
          <div className="sheet-actions">
            <button type="button" className="button" onClick={unlist}>
              {t.common.close}
            </button>
          </div>
        </Sheet>
      )}
    </div>
  );
}

function isAt(path: string, target: string): boolean {
  return target === '/' ? path === '/' || path.startsWith('/c/') : path.startsWith(target);
}
