import { AppError } from '#contract/errors.ts';
import { type ResourcesRecord, SERVICES, Service } from '#contract/resources.ts';
import { scopeOf } from '#core/aws/scope.ts';
import type { Handler } from '#core/http/handler.ts';
import type { Discovery, Roles, Scope, Store } from '#core/ports.ts';
import { asTheyFinish } from './as-they-finish.ts';

/** Calls under way at once: enough for 17 regions to answer in seconds, few enough not to be throttled. */
const AT_ONCE = 12;

/** One service in one region may take so long, retries included; then it fails alone, and the others are not held up. */
const CALL_SECONDS = 20;

/** Streams one record for each service × region, as it answers. */
export const listResources =
  ({ discovery, store, roles }: Ports): Handler<'resources'> =>
  async ({ body }, { session, signal }) => {
    const regions = body.regions ?? (await store.instance())?.regions ?? [];
    const services = Service.options;
    const scope = await scopeOf(session, body.assume, { roles, signal });
    const asked = [...new Set(regions)].flatMap((region) => services.map((service) => ({ service, region })));
    return stream(asked, (call) => ask(discovery, call, scope), signal);
  };

interface Ports {
  readonly discovery: Discovery;
  readonly store: Pick<Store, 'instance'>;
  readonly roles: Roles;
}

interface Call {
  readonly service: Service;
  readonly region: string;
}

async function* stream(
  asked: readonly Call[],
  ask: (call: Call) => Promise<ResourcesRecord>,
  signal: AbortSignal,
): AsyncGenerator<ResourcesRecord> {
  const begun = performance.now();
  yield* asTheyFinish(
    asked.map((call) => () => ask(call)),
    AT_ONCE,
    signal,
  );
  yield { type: 'end', elapsedMs: Math.round(performance.now() - begun) };
}

/** One answer as a record: a refusal or a failure is a record too, never the end of the stream. */
async function ask(discovery: Discovery, { service, region }: Call, scope: Scope): Promise<ResourcesRecord> {
  const record = { type: 'resources', service, region } as const;
  const timeout = AbortSignal.timeout(CALL_SECONDS * 1_000);
  try {
    const signal = AbortSignal.any([scope.signal, timeout]);
    return { ...record, status: 'ok', resources: await discovery.list(service, region, { ...scope, signal }) };
  } catch (error) {
    return { ...record, ...refusal(error, service, timeout.aborted), resources: [] };
  }
}

function refusal(error: unknown, service: Service, timedOut: boolean) {
  const title = SERVICES[service].title;
  if (timedOut)
    return { status: 'failed', message: `${title} did not answer within ${CALL_SECONDS} seconds.` } as const;
  if (!(error instanceof AppError))
    return { status: 'failed', message: `${title} did not answer as it should.` } as const;
  const { message, details } = error;
  if (error.code !== 'AWS_DENIED') return { status: 'failed', message } as const;
  return { status: 'denied', message, action: details?.action ?? SERVICES[service].actions[0] } as const;
}
