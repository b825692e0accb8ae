import { AppError, type ErrorCode } from '#contract/errors.ts';
import { type Resource, type ResourcesRecord, SERVICES, Service } from '#contract/resources.ts';
import { narrowedDiscovery } from '#core/access/narrowed-discovery.ts';
import { scopeOf } from '#core/aws/scope.ts';
import type { Handler } from '#core/http/handler.ts';
import type { Discovery, Scope } from '#core/ports/discovery.ts';
import type { Roles } from '#core/ports/logins.ts';
import type { Store } from '#core/ports/store.ts';
import { asTheyFinish, type Task } from './as-they-finish.ts';

/**
 * `atOnce`: calls under way, for each service in a region makes one after the other: enough for 17 regions to answer in
 * seconds, few enough not to be throttled. `ofOneGroup`: how many of them one service, or one region, may have: one that
 * throttles or is silent leaves most to the others. `silenceSeconds`: so long may one answer take, retries included; a
 * list of many pages may take longer, as long as they come.
 */
const LIMITS = { atOnce: 16, ofOneGroup: 5, silenceSeconds: 20 };

/** Streams one record for each service × region, as it answers. */
export const listResources =
  (ports: Ports, limits = LIMITS): Handler<'resources'> =>
  async ({ body }, { session, signal }) => {
    const [instance, { narrowings }, scope] = await Promise.all([
      body.regions ? undefined : ports.store.instance(),
      ports.store.access(),
      scopeOf(session, body.assume, { roles: ports.roles, signal }),
    ]);
    const regions = new Set(body.regions ?? instance?.regions ?? []);
    const discovery = narrowedDiscovery(ports.discovery, { narrowings, role: session.role });
    return stream([...regions], scope, { ...ports, discovery, limits });
  };

interface Ports {
  readonly discovery: Discovery;
  readonly store: Pick<Store, 'instance' | 'access'>;
  readonly roles: Roles;
}

type Answer = Extract<ResourcesRecord, { type: 'resources' }>;

async function* stream(
  regions: readonly string[],
  { signal, ...account }: Scope,
  ports: Ports & { readonly limits: typeof LIMITS },
): AsyncGenerator<ResourcesRecord> {
  const begun = performance.now();
  const left = new AbortController();
  const asking = { ...ports, scope: { ...account, signal: AbortSignal.any([signal, left.signal]) } };
  const calls = regions.flatMap((region) => Service.options.map((service) => ({ service, region })));
  try {
    const tasks = calls.map((call) => ({ groups: Object.values(call), run: async () => [await ask(call, asking)] }));
    const next = afterTables(regions.length, asking);
    const bounds = { ...ports.limits, signal, next };
    for await (const answers of asTheyFinish<Answer[]>(tasks, bounds)) yield* answers;
    yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
  } finally {
    // Whoever leaves in between ends the calls that are under way.
    left.abort();
  }
}

interface Asking extends Ports {
  readonly limits: typeof LIMITS;
  readonly scope: Scope;
}

/** One answer as a record: a refusal or a failure is a record too, never the end of the stream. */
async function ask({ service, region }: { service: Service; region: string }, asking: Asking): Promise<Answer> {
  const answer = { type: 'resources', service, region } as const;
  using clock = silenceOf(asking);
  try {
    const { resources, lacking, withheld } = await asking.discovery.list(service, region, clock.scope);
    const details = lacking.length > 0 ? { lacking: [...lacking] } : {};
    return { ...answer, status: 'ok', ...details, ...(withheld && { withheld: [...withheld] }), resources };
  } catch (error) {
    return { ...answer, ...refusal(error, service, clock), resources: [] };
  }
}

interface Clock extends Disposable {
  readonly scope: Scope;
  readonly seconds: number;
  hasRunOut(): boolean;
}

/** A scope whose signal aborts once nothing was answered for so long. */
function silenceOf({ scope, limits: { silenceSeconds: seconds } }: Asking): Clock {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), seconds * 1_000).unref();
  return {
    scope: { ...scope, signal: AbortSignal.any([scope.signal, silence.signal]), answered: () => timer.refresh() },
    seconds,
    hasRunOut: () => silence.signal.aborted,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** Once every region has said its tables: which of them are global, as later records of the regions that have such. */
function afterTables(regions: number, asking: Asking): (answers: Answer[]) => Task<Answer[]>[] {
  const told = new Map<string, Answer>();
  return ([answer]) => {
    if (answer?.service !== 'dynamodb' || told.has(answer.region)) return [];
    told.set(answer.region, answer);
    const found = [...told.values()].flatMap(({ resources }) => resources);
    if (told.size < regions || found.length < 2) return [];
    return [{ groups: ['dynamodb'], run: () => marked(found, told, asking) }];
  };
}

/** The marks change nothing of what else was told of a region. */
async function marked(
  found: readonly Resource[],
  told: ReadonlyMap<string, Answer>,
  asking: Asking,
): Promise<Answer[]> {
  using clock = silenceOf(asking);
  const changed = await asking.discovery.markGlobalTables(found, clock.scope);
  return changed.flatMap((resource) => {
    const before = told.get(resource.region);
    return before ? { ...before, resources: [resource] } : [];
  });
}

const STATUSES: Partial<Record<ErrorCode, Answer['status']>> = {
  AWS_DENIED: 'denied',
  THROTTLED: 'throttled',
  REGION_DISABLED: 'disabled',
};

function refusal(error: unknown, service: Service, clock: Clock): Pick<Answer, 'status' | 'message' | 'action'> {
  const title = SERVICES[service].title;
  if (clock.hasRunOut())
    return { status: 'timeout', message: `${title} did not answer within ${clock.seconds} seconds.` };
  if (!(error instanceof AppError)) return { status: 'failed', message: `${title} did not answer as it should.` };
  const { code, message, details } = error;
  if ((error.cause as Error | undefined)?.name === 'TimeoutError')
    return { status: 'timeout', message: `${title} did not answer in time.` };
  const status = STATUSES[code] ?? 'failed';
  return status === 'denied' && details?.action ? { status, message, action: details.action } : { status, message };
}
