import type { Databases } from '#core/databases/databases.ts';
import type { Handlers } from '#core/http/handler.ts';
import { cancelStatement } from './cancel-statement.ts';
import { planScript } from './plan-script.ts';
import { runScript } from './run-script.ts';

/** Says what scripts will read, runs them, and stops them. */
export const query = (ports: { databases: Databases }): Handlers<'query'> => ({
  plan: planScript(ports),
  query: runScript(ports),
  cancel: cancelStatement(ports),
});
