/** Saved scripts. */
import * as z from 'zod';
import { type Route, route } from '../route.ts';
import { Script, ScriptDraft, ScriptHead, ScriptId, ScriptSearch, ScriptVersion } from '../scripts.ts';
import { known, opened } from './common.ts';

export const SCRIPTING = {
  scripts: route({
    method: 'POST',
    path: '/api/scripts/list',
    function: 'scripts',
    summary: "One's own scripts and those that others share, by name.",
    audience: 'reader',
    needs: [...known, 'scripts.read'],
    body: ScriptSearch,
    returns: z.object({ scripts: z.array(ScriptHead), next: z.string().optional() }),
    errors: opened,
  }),
  script: route({
    method: 'POST',
    path: '/api/scripts/read',
    function: 'scripts',
    summary: 'A script with its text: the newest version, or another.',
    audience: 'reader',
    needs: [...known, 'scripts.read'],
    body: z.object({ id: ScriptId, version: z.number().int().positive().optional() }),
    returns: Script,
    errors: [...opened, 'SCRIPT_NOT_FOUND'],
  }),
  scriptVersions: route({
    method: 'POST',
    path: '/api/scripts/versions',
    function: 'scripts',
    summary: 'The versions of a script, the newest first: who saved them, and when.',
    audience: 'reader',
    needs: [...known, 'scripts.read'],
    body: z.object({
      id: ScriptId,
      limit: z.number().int().min(1).max(100).default(50),
      /** Only versions before this one. */
      before: z.number().int().positive().optional(),
    }),
    returns: z.object({ versions: z.array(ScriptVersion), next: z.number().int().optional() }),
    errors: [...opened, 'SCRIPT_NOT_FOUND'],
  }),
  saveScript: route({
    method: 'PUT',
    path: '/api/scripts',
    function: 'scripts',
    summary: 'Save a new script, or change one: its owner may, and editors may where it is shared.',
    audience: 'reader',
    needs: [...known, 'scripts.read', 'scripts.write', 'audit.write'],
    body: z.object({
      /** Left out: a new one. */
      known: z.object({ id: ScriptId, revision: z.number().int().positive() }).optional(),
      script: ScriptDraft,
    }),
    returns: Script,
    errors: [...opened, 'SCRIPT_NOT_FOUND', 'CHANGED_MEANWHILE', 'AUDIT_FAILED'],
  }),
  deleteScript: route({
    method: 'POST',
    path: '/api/scripts/delete',
    function: 'scripts',
    summary: 'Delete a script with its versions: its owner may, and administrators may where it is shared.',
    audience: 'reader',
    needs: [...known, 'scripts.read', 'scripts.write', 'audit.write'],
    body: z.object({ id: ScriptId }),
    status: 204,
    errors: [...opened, 'SCRIPT_NOT_FOUND', 'AUDIT_FAILED'],
  }),
} as const satisfies Record<string, Route>;
