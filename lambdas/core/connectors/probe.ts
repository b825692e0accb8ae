/** Goes the steps to an open database one by one, and says of each whether it passed. */
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import type { ConnectStep, TestRecord } from '#contract/connecting.ts';
import { AppError } from '#contract/errors.ts';
import type { Connection, Target } from '../engines/engine.ts';
import { explainReach, TIMED_OUT } from '../engines/sql/explain-reach.ts';

type Step = Extract<TestRecord, { type: 'step' }>;

/** How long packets may take to find their way, in milliseconds. */
const REACH_TIME = 5_000;

/** `connect` logs in by the engine's own way; what it throws names its step. Ends with the first step that fails. */
export async function* probe(
  { host, port }: Target,
  connect: () => Promise<Connection>,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  let begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  const passed = (step: ConnectStep, detail: string): Step => {
    const record: Step = { type: 'step', step, state: 'passed', elapsedMs: took(), detail };
    begun = performance.now();
    return record;
  };
  const failed = (error: unknown, fallback: ConnectStep): Step => {
    const known = error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
    const step = known.details?.step ?? fallback;
    return { type: 'step', step, state: 'failed', elapsedMs: took(), error: known.body('') };
  };
  try {
    const addresses = await lookup(host, { all: true }).catch((error: unknown) => {
      throw unreachable(error, host);
    });
    yield passed('name', addresses.map(({ address }) => address).join(', '));
    await reach(host, port, signal);
    yield passed('route', `${host} answers`);
    yield passed('port', `something listens at ${port}`);
  } catch (error) {
    yield failed(error, 'port');
    return;
  }
  try {
    await using connection = await connect();
    yield passed('tls', 'the certificate is trusted');
    const { user, database, version } = connection.about;
    yield passed('login', `${user} at ${database}, version ${version}`);
  } catch (error) {
    const failure = failed(error, 'login');
    if (failure.step === 'login') yield passed('tls', 'the certificate is trusted');
    yield failure;
  }
}

/** Opens a TCP connection and closes it. */
async function reach(host: string, port: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = net.connect({ host, port });
  const stop = () => socket.destroy(Object.assign(new Error('stopped'), { code: 'ABORT_ERR' }));
  socket.setTimeout(REACH_TIME, () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
  socket.once('connect', resolve);
  socket.once('error', reject);
  signal.addEventListener('abort', stop);
  try {
    await promise;
  } catch (error) {
    throw unreachable(error, host);
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function unreachable(error: unknown, host: string): AppError {
  const { code = '', message = '' } = Object(error) as { code?: string; message?: string };
  const {
    code: ours,
    message: said,
    hint,
    step,
  } = code === 'ETIMEDOUT' ? TIMED_OUT : explainReach(code, message, host);
  return new AppError(ours, {
    ...(said && { message: said }),
    details: { ...(step && { step }), ...(hint && { hint }) },
    cause: error,
  });
}
