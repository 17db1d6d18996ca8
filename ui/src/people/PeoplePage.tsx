import { Link, useSearchParams } from 'wouter';
import { useScreen } from '../app/screen';
import { useMessages } from '../i18n';
import { CollectionsTab } from './CollectionsTab';
import { GroupsTab } from './GroupsTab';
import { UsersTab } from './UsersTab';
import './people.css';

const TABS = { people: UsersTab, groups: GroupsTab, collections: CollectionsTab };
type Tab = keyof typeof TABS;

/** Who there is, which groups they form, and which collections the groups read. */
export default function PeoplePage() {
  const t = useMessages();
  const [params] = useSearchParams();
  const wanted = params.get('tab') ?? '';
  const tab: Tab = wanted in TABS ? (wanted as Tab) : 'people';
  useScreen(tab === 'people' ? t.people.title : `${t.people.tabs[tab]} · ${t.people.title}`);
  const Body = TABS[tab];
  return (
    <div className="page">
      <h1>{t.people.title}</h1>
      <nav className="tabs" aria-label={t.people.title}>
        {(Object.keys(TABS) as Tab[]).map((one) => (
          <Link
            key={one}
            href={one === 'people' ? '/people' : `/people?tab=${one}`}
            aria-current={one === tab ? 'page' : undefined}
          >
            {t.people.tabs[one]}
          </Link>
        ))}
      </nav>
      <Body />
    </div>
  );
}
