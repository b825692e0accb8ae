/** What a tab is as a script: what saving it would save, and whether it is as it was saved. */
import { ENGINES, type EngineName } from '#contract/engines.ts';
import type { SessionView } from '#contract/people.ts';
import { mayChange } from '#contract/script-rights.ts';
import type { Script, ScriptDraft, ScriptVersion } from '#contract/scripts.ts';
import { resourceName } from '../explorer/resource-name.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import type { Tab } from '../workbench/tabs.ts';
import { declaredIn } from './declared.ts';

/** What a list calls a script, and who sees it. */
export type Told = Pick<ScriptDraft, 'name' | 'description' | 'tags' | 'shared'>;

export const toldOf = ({ name, description, tags, shared }: Told): Told => ({ name, description, tags, shared });

/** Until a tab has a connection it speaks the first engine that is ready. */
const FIRST: EngineName = 'postgres';

export const engineOf = (tab: Tab, connection: LiveConnection | undefined): EngineName =>
  connection?.engine ?? tab.wanted?.engine ?? tab.script?.engine ?? FIRST;

/** What runs: the text with its parameters, and where. */
export function runsOf(
  tab: Tab,
  connection: LiveConnection | undefined,
): Pick<ScriptVersion, 'engine' | 'text' | 'parameters' | 'resource' | 'database'> {
  const engine = engineOf(tab, connection);
  const { dialect } = ENGINES[engine];
  return {
    engine,
    text: tab.text,
    parameters: declaredIn(tab.text, dialect, tab.parameters),
    ...(connection ? placeOf(connection) : wantedPlace(tab.wanted)),
  };
}

const placeOf = ({ resource: { id, name }, database }: LiveConnection) => ({
  resource: { id, name },
  ...(database && { database }),
});

const wantedPlace = (wanted: Tab['wanted']) =>
  wanted && {
    resource: { id: wanted.resourceId, name: resourceName(wanted.resourceId) },
    ...(wanted.database && { database: wanted.database }),
  };

/** True where its text or its parameters are not as they were saved. Where it ran meanwhile does not count. */
export function isUnsaved({ script, text, parameters }: Tab): boolean {
  if (!script) return false;
  if (script.text !== text) return true;
  const { dialect } = ENGINES[script.engine];
  const now = declaredIn(text, dialect, parameters);
  return JSON.stringify(now.map(ordered)) !== JSON.stringify(declaredIn(text, dialect, script.parameters).map(ordered));
}

/** The same fields in the same order, whoever made it. */
const ordered = ({ name, type, required, default: given, description }: Script['parameters'][number]) => [
  name,
  type,
  required,
  given ?? null,
  description ?? '',
];

/** How a tab shows a script, or one of its versions. */
export const tabOf = (script: Script): Pick<Tab, 'title' | 'text' | 'parameters' | 'script'> => ({
  title: script.name,
  text: script.text,
  parameters: script.parameters,
  script,
});

/** Where a script was meant to run: offered at the first run of its tab. */
export const wantedOf = ({ resource, database, engine }: Script): Tab['wanted'] =>
  resource && { resourceId: resource.id, engine, ...(database && { database }) };

/** Whether somebody may save over a script. */
export const mayBeSaved = (script: Script, { user, role }: SessionView): boolean =>
  role !== undefined && mayChange(script, { user, role });
