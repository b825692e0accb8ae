/** What administrators decide, and what was done. */
import * as z from 'zod';
import { Access, AccessView } from '../access.ts';
import { AuditRecord, AuditSearch, HistorySearch } from '../audit.ts';
import { KnownUser, UserChange } from '../people.ts';
import { type Route, route } from '../route.ts';
import { InstanceSettings, SettingsView } from '../settings.ts';
import { opened } from './common.ts';

export const GOVERNING = {
  settings: route({
    method: 'GET',
    path: '/api/settings',
    function: 'settings',
    summary: 'What was decided about the instance, and the networks as deployed.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.read'],
    returns: SettingsView,
    errors: opened,
  }),
  changeSettings: route({
    method: 'PUT',
    path: '/api/settings',
    function: 'settings',
    summary: 'Change the settings. They count from the next request on.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'instance.write', 'users.read', 'networks.read', 'audit.write'],
    body: z.object({ settings: InstanceSettings, revision: z.number().int() }),
    returns: SettingsView,
    errors: [...opened, 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  access: route({
    method: 'GET',
    path: '/api/access',
    function: 'settings',
    summary: 'The rules for first sign-ins, and which resources a role sees less of.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read'],
    returns: AccessView,
    errors: opened,
  }),
  changeAccess: route({
    method: 'PUT',
    path: '/api/access',
    function: 'settings',
    summary: 'Change rules and narrowings. Connections that are open must connect again.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'instance.write', 'users.read', 'audit.write'],
    body: Access.extend({ revision: z.number().int() }),
    returns: AccessView,
    errors: [...opened, 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  users: route({
    method: 'POST',
    path: '/api/users',
    function: 'users',
    summary: 'Everybody who has signed in, page by page, by name.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read', 'users.list'],
    body: z.object({
      /** Somewhere in the name or the ARN; capitals do not count. */
      text: z.string().trim().min(1).max(200).optional(),
      limit: z.number().int().min(1).max(500).default(100),
      /** Goes on after a page: its `next`. */
      cursor: z.string().min(1).max(2_000).optional(),
    }),
    returns: z.object({ users: z.array(KnownUser), next: z.string().optional() }),
    errors: opened,
  }),
  changeUser: route({
    method: 'PATCH',
    path: '/api/users',
    function: 'users',
    summary: "Change a user's role, end their sessions, block or unblock them. It counts at once.",
    audience: 'administrator',
    needs: [
      'session.open',
      'instance.read',
      'instance.write',
      'users.read',
      'users.list',
      'users.write',
      'audit.write',
    ],
    body: z.object({ id: z.string().min(1).max(300), change: UserChange }),
    returns: KnownUser,
    errors: [...opened, 'USER_NOT_FOUND', 'LAST_ADMINISTRATOR', 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  audit: route({
    method: 'POST',
    path: '/api/audit',
    function: 'audit',
    summary: 'What was done on this instance, the newest first, as it is found.',
    audience: 'administrator',
    needs: ['session.open', 'instance.read', 'users.read', 'audit.read', 'audit.write'],
    body: AuditSearch,
    streams: AuditRecord,
    errors: [...opened, 'AUDIT_FAILED'],
  }),
  history: route({
    method: 'POST',
    path: '/api/history',
    function: 'audit',
    summary: "One's own statements, the newest first.",
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'audit.read'],
    body: HistorySearch,
    streams: AuditRecord,
    errors: opened,
  }),
} as const satisfies Record<string, Route>;
