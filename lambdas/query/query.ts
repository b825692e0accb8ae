import type { Databases } from '#core/databases/databases.ts';
import type { Handlers } from '#core/http/handler.ts';
import { cancelStatement } from './cancel-statement.ts';
import { runScript } from './run-script.ts';

/** Runs scripts and stops them. */
export const query = (ports: { databases: Databases }): Handlers<'query'> => ({
  query: runScript(ports),
  cancel: cancelStatement(ports),
});
