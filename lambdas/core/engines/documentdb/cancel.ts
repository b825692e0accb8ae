/** Stops what another connection runs, in the server and, where it runs in this process, here. */
import { Binary, type Document, type MongoClient } from 'mongodb';
import { stopHere } from './running.ts';

/** A command that a killed one leaves behind must not hold up the answer: so long in milliseconds. */
const KILL_TIME = 3_000;

/** True: something was stopped. The server knows an operation by the session that each command of the driver names. */
export async function cancel(client: MongoClient, handle: string): Promise<boolean> {
  const killed = await kill(client, handle);
  const stopped = stopHere(handle);
  return stopped || killed;
}

/** Never rejects: not every server can, and not every user may, look at what runs. */
export async function kill(client: MongoClient, handle: string): Promise<boolean> {
  const options = { signal: AbortSignal.timeout(KILL_TIME) };
  const admin = client.db('admin');
  try {
    const { inprog = [] } = await admin.command({ currentOp: 1 }, options);
    const ours = (inprog as Document[]).filter((operation) => sessionOf(operation) === handle);
    const killing = ours.map(({ opid }) => admin.command({ killOp: 1, op: opid }, options));
    return (await Promise.allSettled(killing)).some(({ status }) => status === 'fulfilled');
  } catch {
    return false;
  }
}

const sessionOf = ({ lsid, command }: Document): string | undefined => {
  const id = (lsid ?? command?.lsid)?.id;
  return id instanceof Binary ? id.toString('hex') : undefined;
};
