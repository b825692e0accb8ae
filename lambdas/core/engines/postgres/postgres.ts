/** PostgreSQL as an engine: RDS, Aurora and any other that speaks its protocol over TLS. */
import { AppError } from '#contract/errors.ts';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import type { Connection, Engine } from '../engine.ts';
import { statementsOf } from '../sql/statements-of.ts';
import { cancelBackend } from './cancel.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { Script } from './script.ts';
import { Session } from './session.ts';

export const postgres: Engine = {
  connect: async (target, login, options) => connectionOf(await Session.open(target, login, options)),
};

function connectionOf(session: Session): Connection {
  let running = false;
  return {
    about: session.about,
    async *run(script, options) {
      const statements = statementsOf(script, SQL_DIALECTS.postgres);
      if (running) throw new AppError('INTERNAL', { message: 'A script runs on this connection already.' });
      running = true;
      try {
        yield* new Script(session, script, options).events(statements);
      } finally {
        running = false;
      }
    },
    children: (path) => children(session, path),
    names: () => names(session),
    describe: (path) => describe(session, path),
    cancel: (handle) => cancelBackend(session, handle),
    [Symbol.asyncDispose]: () => session.close(running),
  };
}
