/** The pages beside the workbench, declared once: menu, palette, router and the refusal read it. */
import type { ComponentType } from 'react';
import { allows, type Role } from '#contract/roles.ts';
import type { IconName } from '../../components/icon.tsx';

export interface Page {
  readonly name: string;
  readonly path: `/${string}`;
  readonly title: string;
  /** What it is for, in one sentence under the title. */
  readonly lead: string;
  readonly icon: IconName;
  readonly keys?: string;
  /** Whom it is for; others are told so. */
  readonly role: Role;
  load(): Promise<{ default: ComponentType }>;
}

export const PAGES: readonly Page[] = [
  {
    name: 'scripts',
    path: '/scripts',
    title: 'Scripts',
    lead: 'Saved statements with their versions: your own, and those that others share.',
    icon: 'script',
    keys: 'Alt+S',
    role: 'reader',
    load: () => import('../scripts/scripts-page.tsx').then(({ ScriptsPage }) => ({ default: ScriptsPage })),
  },
  {
    name: 'automations',
    path: '/automations',
    title: 'Automations',
    lead: 'Scripts that run without anybody: on a schedule or when they are started, with a role of their own.',
    icon: 'clock',
    keys: 'Alt+A',
    role: 'reader',
    load: () =>
      import('../automations/automations-page.tsx').then(({ AutomationsPage }) => ({ default: AutomationsPage })),
  },
  {
    name: 'history',
    path: '/history',
    title: 'My history',
    lead: 'Every statement that you have run, and what became of it.',
    icon: 'history',
    keys: 'Alt+H',
    role: 'reader',
    load: () => import('../history/history-page.tsx').then(({ HistoryPage }) => ({ default: HistoryPage })),
  },
  {
    name: 'users',
    path: '/users',
    title: 'Users',
    lead: 'Who has signed in, and what they may do. Nobody is created: users come from AWS.',
    icon: 'user',
    role: 'administrator',
    load: () => import('../users/users-page.tsx').then(({ UsersPage }) => ({ default: UsersPage })),
  },
  {
    name: 'access',
    path: '/access',
    title: 'Rules',
    lead: 'Which role a first sign-in brings along, and which resources a role sees less of.',
    icon: 'key',
    role: 'administrator',
    load: () => import('../access/access-page.tsx').then(({ AccessPage }) => ({ default: AccessPage })),
  },
  {
    name: 'settings',
    path: '/settings',
    title: 'Settings',
    lead: 'Name, regions, sessions and limits of this instance, and the policy to hand to its users.',
    icon: 'sliders',
    role: 'administrator',
    load: () => import('../settings/settings-page.tsx').then(({ SettingsPage }) => ({ default: SettingsPage })),
  },
  {
    name: 'audit',
    path: '/audit',
    title: 'Audit',
    lead: 'Who did what, when, from where, and how it ended.',
    icon: 'eye',
    role: 'administrator',
    load: () => import('../audit/audit-page.tsx').then(({ AuditPage }) => ({ default: AuditPage })),
  },
];

/** Those that a role may open: nothing else is offered. */
export const pagesFor = (role: Role | undefined): readonly Page[] =>
  PAGES.filter((page) => role !== undefined && allows(role, page.role));

/** The page at a path. A path that is none belongs to the workbench. */
export const pageAt = (path: string): Page | undefined => PAGES.find((page) => page.path === path);
