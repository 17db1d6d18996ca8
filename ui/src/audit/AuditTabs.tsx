import { Link } from 'wouter';
import { useMessages } from '../i18n';

const TABS = { records: '/audit', retention: '/audit/retention' };

/** The two halves of the desk: what is on record, and how long it stays. */
export function AuditTabs({ current }: { current: keyof typeof TABS }) {
  const t = useMessages();
  return (
    <nav className="tabs" aria-label={t.audit.title}>
      {(Object.keys(TABS) as (keyof typeof TABS)[]).map((tab) => (
        <Link key={tab} href={TABS[tab]} aria-current={tab === current ? 'page' : undefined}>
          {t.audit.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
