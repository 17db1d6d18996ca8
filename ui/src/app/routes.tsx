import { lazy } from 'react';
import type { Me, Role } from '../api/types';
import type { IconName } from '../design/Icon';
import type { Messages } from '../i18n';

export interface Section {
  path: string;
  icon: IconName;
  name: (t: Messages) => string;
  /** Who sees it; empty means everyone. */
  roles: Role[];
}

export const SECTIONS: Section[] = [
  { path: '/', icon: 'ask', name: (t) => t.nav.ask, roles: [] },
  { path: '/library', icon: 'library', name: (t) => t.nav.library, roles: [] },
  { path: '/audit', icon: 'audit', name: (t) => t.nav.audit, roles: ['COMPLIANCE_OFFICER'] },
  { path: '/people', icon: 'people', name: (t) => t.nav.people, roles: ['ADMINISTRATOR'] },
];

export function sectionsFor(me: Me): Section[] {
  return SECTIONS.filter(
    ({ roles }) => roles.length === 0 || roles.some((role) => me.roles.includes(role)),
  );
}

export const AccountPage = lazy(() => import('../account/AccountPage'));
const libraryPage = () => import('../library/LibraryPage');
export const LibraryPage = lazy(libraryPage);
export const DocumentPage = lazy(() => import('../library/DocumentPage'));
export const PeoplePage = lazy(() => import('../people/PeoplePage'));
export const AuditPage = lazy(() => import('../audit/AuditPage'));
export const RetentionPage = lazy(() => import('../audit/RetentionPage'));
export const RecordPage = lazy(() => import('../audit/RecordPage'));

/** Fetches what most people open next, once the first screen is there and still. */
export function fetchAhead(): () => void {
  const timer = setTimeout(() => void libraryPage().catch(() => {}), 1000);
  return () => clearTimeout(timer);
}
