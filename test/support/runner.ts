/** The function of runs over ports in memory: a script, a role that may be used, a resource, a bucket. */
import { RunPlan } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { Resource } from '#contract/resources.ts';
import { type Script, ScriptDraft } from '#contract/scripts.ts';
import type { Connection, ResultEvent } from '#core/engines/engine.ts';
import type { StoredAutomation } from '#core/ports/automations.ts';
import type { ResultBucket } from '#core/ports/results.ts';
import type { RunRoles, TaskTokens } from '#core/ports/runs.ts';
import type { By } from '#core/ports/scripts.ts';
import { type Answered, type RunPorts, runScript } from '../../lambdas/run-script/run-script.ts';
import { fakeDatabases } from './databases.ts';
import { memoryAutomations } from './memory-automations.ts';
import { claimedInstance, memoryAudit, memoryRuns, memoryScripts, memoryStore, recordingLog } from './ports.ts';
import { resource } from './resources.ts';

export const ROLE = 'arn:aws:iam::111122223333:role/lodge-nightly';
export const MARIA: By = { id: 'aws:111122223333:AIDAMARIA', name: 'maria' };

/** The shop, whose IAM logins are for one database user. */
const shop = resource({ tags: { 'lodge:iam-user': 'app_iam' } });

const instance = { ...claimedInstance, automation: { automators: 'editor' as const, roles: ['*:role/lodge-*'] } };

/** A bucket in memory: whole objects, and how many uploads were aborted. */
export function memoryBucket({ refusing }: { refusing?: AppError } = {}) {
  const objects = new Map<string, string>();
  const seen = { aborted: 0 };
  const bucket: ResultBucket = {
    bucket: 'lodge-results',
    upload({ key, signal }) {
      let text = '';
      return {
        get bytes() {
          return text.length;
        },
        async write(bytes) {
          signal.throwIfAborted();
          text += Buffer.from(bytes).toString();
        },
        async end() {
          if (refusing) throw refusing;
          objects.set(key, text);
        },
        async abort() {
          seen.aborted += 1;
        },
      };
    },
  };
  return { bucket, objects, seen };
}

/** Tokens in memory: what each was told. `gone`: nobody waits for any. */
function memoryTokens() {
  const seen = { told: [] as [token: string, what: unknown][], beats: 0, gone: false };
  const tell = async (token: string, what: unknown) => {
    seen.told.push([token, what]);
    return true;
  };
  const tokens: TaskTokens = {
    succeed: tell,
    fail: (token, { name, message }) => tell(token, { name, message }),
    async beat() {
      seen.beats += 1;
      return !seen.gone;
    },
  };
  return { tokens, seen };
}

/** Roles that are given to whoever asks, with what was asked. */
function freeRoles() {
  const asked: Parameters<RunRoles['take']>[] = [];
  const credentials = { accessKeyId: 'ASIAROLE', secretAccessKey: 'secret of the role', sessionToken: 'token' };
  const roles: RunRoles = {
    async take(...all) {
      asked.push(all);
      return { credentials, expiresAt: new Date(Date.now() + 900_000) };
    },
  };
  return { roles, asked };
}

/** Two rows of two columns. */
export async function* twoRows(): AsyncGenerator<ResultEvent> {
  yield { type: 'started', handle: 'h', statements: 1 };
  yield { type: 'statement', statement: 0, from: 0, to: 8 };
  const columns = ['id', 'name'].map((name) => ({ name, type: 'text', kind: 'text' as const }));
  yield { type: 'columns', statement: 0, columns };
  yield {
    type: 'rows',
    count: 2,
    values: [
      ['1', '2'],
      ['Ann', null],
    ],
  };
  yield { type: 'done', statement: 0, command: 'SELECT', rows: 2, truncated: false, elapsedMs: 1 };
}

interface Wanted {
  readonly run?: Connection['run'];
  readonly script?: Partial<ScriptDraft>;
  readonly found?: Resource;
  /** What AWS tells by a call of its own. */
  readonly tags?: Record<string, string>;
  /** True: the automation of the script may write. */
  readonly writing?: boolean;
  /** What is special about it. */
  readonly automation?: Partial<StoredAutomation>;
  readonly ports?: Partial<RunPorts>;
}

/** `call` is a call of the function, which has a minute unless said otherwise. */
export async function memoryRunner({
  run = twoRows,
  script: changes = {},
  found = shop,
  tags = {},
  writing = false,
  automation: saved = {},
  ports: given = {},
}: Wanted = {}) {
  const { databases, seen: opened } = fakeDatabases({ run });
  const { scripts } = memoryScripts();
  const draft = { name: 'Late orders', engine: 'postgres', text: 'select 1', shared: true, ...changes };
  const script = await scripts.create(ScriptDraft.parse(draft), MARIA);
  const automation = automationOf(script, { writing, ...saved });
  const { roles, asked } = freeRoles();
  const { audit, entries } = memoryAudit();
  const { runs } = memoryRuns();
  const { log, lines } = recordingLog();
  const { bucket, objects, seen: uploads } = memoryBucket();
  const { tokens, seen: told } = memoryTokens();
  /** What the function has called itself with. */
  const events: object[] = [];
  const ports: RunPorts = {
    store: memoryStore({ instance }).store,
    scripts,
    automations: memoryAutomations(() => new Date(), [automation]),
    runs,
    roles,
    discovery: {
      async find(id) {
        if (id !== found.id) throw new AppError('RESOURCE_NOT_FOUND');
        return found;
      },
      tags: async () => tags,
    },
    networks: undefined,
    databases,
    results: bucket,
    tokens,
    async callAgain(input) {
      events.push(JSON.parse(JSON.stringify(input)));
    },
    audit,
    log,
    clock: () => new Date(),
    beatMs: 5,
    ...given,
  };
  const plan = { scriptId: script.id, resourceId: found.id, roleArn: ROLE };
  let calls = 0;
  const call = (event: unknown, remainingMs = 60_000): Promise<Answered> => {
    calls += 1;
    return runScript(ports)(event, { awsRequestId: `call-${calls}`, getRemainingTimeInMillis: () => remainingMs });
  };
  return {
    ports,
    runs,
    scripts,
    call,
    plan,
    script,
    automation,
    opened,
    asked,
    entries,
    lines,
    objects,
    uploads,
    told,
    events,
  };
}

/** An automation of a plan, as it is kept. */
const automationOf = (
  script: Script,
  { writing, ...changes }: Partial<StoredAutomation> & { readonly writing: boolean },
): StoredAutomation => ({
  id: 'nightlyautomation',
  name: 'Nightly',
  plan: {
    ...RunPlan.parse({ scriptId: script.id, resourceId: shop.id, roleArn: ROLE, readOnly: !writing }),
    version: script.version,
  },
  notify: 'failures',
  paused: false,
  owner: MARIA,
  createdAt: '2026-11-24T00:00:00.000Z',
  changedAt: '2026-11-24T00:00:00.000Z',
  changedBy: MARIA,
  revision: 1,
  ...changes,
});

/** An execution of Step Functions, as its context names it. */
export const executionOf = (name: string) => ({
  arn: `arn:aws:states:eu-central-1:111122223333:execution:lodge:${name}`,
  name,
  startedAt: '2026-11-24T03:00:01.123Z',
});
