/** Goes the steps to an open database one by one, and says of each whether it passed. */
import { lookup } from 'node:dns/promises';
import type { ConnectStep, TestStep } from '#contract/connecting.ts';
import { AppError } from '#contract/errors.ts';
import { dial, refusalOf } from '../engines/dial/dial.ts';
import type { Connection, Target } from '../engines/engine.ts';
import { type Explanation, explainReach, TIMED_OUT } from '../engines/sql/explain-reach.ts';

/** How long a name may take to be found, and packets to find their way, in milliseconds. */
const REACH_TIME = 5_000;

/** What has passed once something listens: from there on, whatever fails fails later. */
const REACHED: readonly ConnectStep[] = ['name', 'route', 'port'];

/** A resolver that never answers: in a VPC, its own is switched off. */
const NAMELESS: Explanation = {
  code: 'DATABASE_TIMEOUT',
  step: 'name',
  message: 'Nobody answers who would know the name of the database host.',
  hint: 'In a VPC, switch on DNS resolution (enableDnsSupport).',
};

/** Something listens that is no database, or one that is too busy to speak. */
const MUTE: Explanation = {
  code: 'DATABASE_TIMEOUT',
  step: 'tls',
  message: 'Something listens at the port and takes the connection, but does not speak.',
  hint: 'Check that this is the port of the database itself, and that the database is not overloaded.',
};

/** `connect` logs in by the engine's own way; what it throws names its step. Ends with the first step that fails. */
export async function* probe(
  { host, port }: Target,
  connect: () => Promise<Connection>,
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  const steps = new Steps(signal);
  try {
    const addresses = await find(host, signal);
    yield steps.passed('name', addresses.join(', '));
    await reach(host, port, signal);
  } catch (error) {
    const failure = steps.failed(error, 'port');
    // Whoever refuses has been reached.
    if (failure.step === 'port') yield steps.passed('route', `${host} answers`);
    yield failure;
    return;
  }
  yield steps.passed('route', `${host} answers`);
  yield steps.passed('port', `something listens at ${port}`);
  try {
    await using connection = await connect();
    yield steps.passed('tls', 'the certificate is trusted');
    const { user, database, version } = connection.about;
    yield steps.passed('login', `${user} at ${database}, version ${version}`);
  } catch (error) {
    const failure = steps.failed(afterwards(error), 'login');
    if (failure.step === 'login') yield steps.passed('tls', 'the certificate is trusted');
    yield failure;
  }
}

/** Steps with the time that each took. */
class Steps {
  readonly #signal: AbortSignal;
  #begun = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  passed(step: ConnectStep, detail: string): TestStep {
    const elapsedMs = this.#took();
    this.#begun = performance.now();
    return { type: 'step', step, state: 'passed', elapsedMs, detail };
  }

  /** `fallback` is the step where an error says none. Throws after an abort: nothing has failed then. */
  failed(error: unknown, fallback: ConnectStep): TestStep {
    this.#signal.throwIfAborted();
    const known = error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
    const step = known.details?.step ?? fallback;
    return { type: 'step', step, state: 'failed', elapsedMs: this.#took(), error: known.body('') };
  }

  #took(): number {
    return Math.round(performance.now() - this.#begun);
  }
}

/** The addresses of a name. Errors: ADDRESS_REFUSED. */
async function find(host: string, signal: AbortSignal): Promise<string[]> {
  const found = await within(lookup(host, { all: true }), { host, signal, late: NAMELESS });
  const addresses = found.map(({ address }) => address);
  const refusal = refusalOf(host, addresses);
  if (refusal) throw refusal;
  return addresses;
}

/** Opens a TCP connection and closes it. */
async function reach(host: string, port: number, signal: AbortSignal): Promise<void> {
  const socket = dial({ host, port });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve);
  socket.on('error', reject);
  try {
    await within(promise, { host, signal, late: TIMED_OUT });
  } finally {
    socket.destroy();
  }
}

interface Bounds {
  readonly host: string;
  readonly signal: AbortSignal;
  /** What it means when nothing comes. */
  readonly late: Explanation;
}

/** Whatever comes first: the work, the end of patience, or an abort. */
async function within<T>(work: Promise<T>, { host, signal, late }: Bounds): Promise<T> {
  const { promise: never, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(explained(late)), REACH_TIME);
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, never]);
  } catch (error) {
    throw signal.aborted || error instanceof AppError ? error : unreachable(error, host);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}

function unreachable(error: unknown, host: string): AppError {
  const { code = '', message = '' } = Object(error) as { code?: string; message?: string };
  return explained(explainReach(code, message, host), error);
}

function explained({ code, message, hint, step }: Explanation, cause?: unknown): AppError {
  return new AppError(code, {
    ...(message && { message }),
    details: { ...(step && { step }), ...(hint && { hint }) },
    cause,
  });
}

/** The port was reached a moment ago, so that what the engine takes for the way is the other side's silence. */
function afterwards(error: unknown): unknown {
  const step = error instanceof AppError ? error.details?.step : undefined;
  return step && REACHED.includes(step) ? explained(MUTE, error) : error;
}
