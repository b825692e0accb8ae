import { isDeepStrictEqual } from 'node:util';
import type { Script, ScriptDraft } from '#contract/scripts.ts';

/** What is told of by its name alone: texts and defaults may hold what is no business of whoever reads the record. */
const NAMED = ['text', 'parameters', 'engine', 'resource', 'database', 'description', 'tags'] as const;

/** What saving does, as a sentence for whoever reads the record. */
export function toldOf(before: Script | undefined, draft: ScriptDraft): string {
  if (!before) return `“${draft.name}” created, ${draft.shared ? 'shared' : 'private'}`;
  const changed = NAMED.filter((field) => !isDeepStrictEqual(before[field], draft[field])).map(String);
  if (before.name !== draft.name) changed.unshift(`name (now “${draft.name}”)`);
  if (before.shared !== draft.shared) changed.push(draft.shared ? 'now shared' : 'now private');
  return `“${before.name}” changed: ${changed.join(', ') || 'nothing'}`;
}
