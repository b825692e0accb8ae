import { Fault } from './fault.ts';

/** The body of a call in the JSON protocol. Faults: invalidJson. */
export const json = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Fault('invalidJson', 'The body of the request is not valid JSON.');
  }
};
