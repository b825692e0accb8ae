import type { Databases } from '#core/databases/databases.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Slots } from '#core/ports/slots.ts';
import { cancelStatement } from './cancel-statement.ts';
import { planScript } from './plan-script.ts';
import { runScript } from './run-script.ts';

export interface QueryPorts {
  readonly databases: Databases;
  readonly slots: Slots;
  readonly audit: Audit;
}

/** Says what scripts will read, runs them, and stops them. */
export const query = (ports: QueryPorts): Handlers<'query'> => ({
  plan: planScript(ports),
  query: runScript(ports),
  cancel: cancelStatement(ports),
});
