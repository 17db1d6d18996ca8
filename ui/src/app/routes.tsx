import type { Me, Role } from '../api/types';
import { fetched } from '../design/fetched';
import type { IconName } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import type { Formats, Messages } from '../i18n';

const waiting = (
  <div className="page">
    <Skeleton />
  </div>
);

export const AccountPage = fetched(() => import('../account/AccountPage'), waiting);
export const LibraryPage = fetched(() => import('../library/LibraryPage'), waiting);
export const DocumentPage = fetched(() => import('../library/DocumentPage'), waiting);
export const PeoplePage = fetched(() => import('../people/PeoplePage'), waiting);
export const AuditPage = fetched(() => import('../audit/AuditPage'), waiting);
export const RetentionPage = fetched(() => import('../audit/RetentionPage'), waiting);
export const RecordPage = fetched(() => import('../audit/RecordPage'), waiting);

export interface Section {
  path: string;
  icon: IconName;
  name: (t: Messages) => string;
  /** Who sees it; empty means everyone. */
  roles: Role[];
  /** Fetches its code, as soon as it is likely to be opened. */
  ahead?: () => void;
}

export const SECTIONS: Section[] = [
  { path: '/', icon: 'ask', name: (t) => t.nav.ask, roles: [] },
  {
    path: '/library',
    icon: 'library',
    name: (t) => t.nav.library,
    roles: [],
    ahead: LibraryPage.ahead,
  },
  {
    path: '/audit',
    icon: 'audit',
    name: (t) => t.nav.audit,
    roles: ['COMPLIANCE_OFFICER'],
    ahead: AuditPage.ahead,
  },
  {
    path: '/people',
    icon: 'people',
    name: (t) => t.nav.people,
    roles: ['ADMINISTRATOR'],
    ahead: PeoplePage.ahead,
  },
];

export function sectionsFor(me: Me): Section[] {
  return SECTIONS.filter(
    ({ roles }) => roles.length === 0 || roles.some((role) => me.roles.includes(role)),
  );
}

/** Makes ready what most people open next, once the first screen is there and the browser idle. */
export function makeReady({ prepare }: Formats): () => void {
  const ahead = () => {
    LibraryPage.ahead();
    prepare();
  };
  // Safari has no requestIdleCallback.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(ahead, 200);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(ahead);
  return () => cancelIdleCallback(idle);
}
