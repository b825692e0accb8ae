/** Oracle as an engine: RDS for Oracle with its option SSL, by the driver's thin mode. Preview: see docs/engines.md. */
import { AppError } from '#contract/errors.ts';
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import type { Connection, Engine } from '../engine.ts';
import { statementsOf } from '../sql/statements-of.ts';
import { cancelSession } from './cancel.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { type OpenLine, openLine } from './connect.ts';
import { Script } from './script.ts';
import { Session } from './session.ts';

export const oracleOver = (open: OpenLine): Engine => ({
  connect: async (target, login, options) => connectionOf(await Session.open(open, target, login, options)),
});

export const oracle = oracleOver(openLine);

function connectionOf(session: Session): Connection {
  let running = false;
  return {
    about: session.about,
    async *run(script, options) {
      const statements = statementsOf(script, SQL_DIALECTS.oracle);
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
    cancel: (handle) => cancelSession(session, handle),
    [Symbol.asyncDispose]: () => session.close(),
  };
}
