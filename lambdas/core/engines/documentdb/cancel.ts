/** Stops what another connection runs, in the server and, where it runs in this process, here. */
import { Binary, type Document, type MongoClient } from 'mongodb';
import { AppError } from '#contract/errors.ts';
import { stopHere } from './running.ts';

/** A command that a killed one leaves behind must not hold up the answer: so long in milliseconds. */
const KILL_TIME = 3_000;

/** A session's id in hexadecimal digits. */
const HANDLE = /^[0-9a-f]{32}$/;
/** Unauthorized (MongoDB's source, `error_codes.yml`). */
const UNAUTHORIZED = 13;

/**
 * True: something was stopped. False: nothing ran by then. The server knows an operation by the session that each command of
 * the driver names. Errors: STATEMENT_FAILED where the user may not see or stop operations, not even its own.
 */
export async function cancel(client: MongoClient, handle: string): Promise<boolean> {
  if (!HANDLE.test(handle)) return false;
  const told = await kill(client, handle);
  const stopped = stopHere(handle);
  if (told === 'forbidden' && !stopped) throw forbidden();
  return stopped || told === 'killed';
}

/** Never rejects: not every server can, and not every user may, look at what runs. */
export async function kill(client: MongoClient, handle: string): Promise<'killed' | 'forbidden' | 'nothing'> {
  const options = { signal: AbortSignal.timeout(KILL_TIME) };
  const admin = client.db('admin');
  try {
    const { inprog = [] } = await admin.command({ currentOp: 1 }, options);
    const ours = (inprog as Document[]).filter((operation) => sessionOf(operation) === handle);
    const killing = ours.map(({ opid }) => admin.command({ killOp: 1, op: opid }, options));
    const told = await Promise.allSettled(killing);
    if (told.some(({ status }) => status === 'fulfilled')) return 'killed';
    return told.some((each) => each.status === 'rejected' && isForbidden(each.reason)) ? 'forbidden' : 'nothing';
  } catch (error) {
    return isForbidden(error) ? 'forbidden' : 'nothing';
  }
}

const isForbidden = (error: unknown): boolean => (error as { code?: unknown }).code === UNAUTHORIZED;

const forbidden = (): AppError =>
  new AppError('STATEMENT_FAILED', {
    message: 'This user may not stop operations, so the statement goes on until it ends or its time is over.',
    details: { hint: 'The actions inprog and killop, which the role clusterAdmin has, let it stop its own.' },
  });

const sessionOf = ({ lsid, command }: Document): string | undefined => {
  const id = (lsid ?? command?.lsid)?.id;
  return id instanceof Binary ? id.toString('hex') : undefined;
};
