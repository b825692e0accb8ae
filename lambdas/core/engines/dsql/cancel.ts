import { requestCancel } from '../pg-wire/cancel-request.ts';
import type { Session } from '../pg-wire/session.ts';

/**
 * Asks the server to cancel by the protocol's own way, with the key that the handle is. No view of Aurora DSQL tells what
 * runs, so that true means: it was asked. What came of it is seen where the statement runs, and after five minutes DSQL
 * ends every transaction.
 */
export async function cancelByKey(session: Session, handle: string): Promise<boolean> {
  const [, processID, secretKey] = /^(-?\d{1,10})\.(-?\d{1,10})$/.exec(handle)?.map(Number) ?? [];
  if (!isInt32(processID) || !isInt32(secretKey)) return false;
  return requestCancel(session.target, { processID, secretKey });
}

const isInt32 = (value: number | undefined): value is number => value !== undefined && (value | 0) === value;
