/** An engine on PostgreSQL's wire, by what is its own. */
import { AppError } from '#contract/errors.ts';
import type { Connection, Engine } from '../engine.ts';
import { statementsOf } from '../sql/statements-of.ts';
import type { Flavour } from './flavour.ts';
import { Script } from './script.ts';
import { Session } from './session.ts';

export const engineOf = (flavour: Flavour): Engine => ({
  connect: async (target, login, options) => connectionOf(await Session.open(flavour, target, login, options)),
});

function connectionOf(session: Session): Connection {
  const { dialect, catalogue, cancel } = session.flavour;
  let running = false;
  return {
    about: session.about,
    async *run(script, options) {
      const statements = statementsOf(script, dialect);
      if (running) throw new AppError('INTERNAL', { message: 'A script runs on this connection already.' });
      running = true;
      try {
        yield* new Script(session, script, options).events(statements);
      } finally {
        running = false;
      }
    },
    children: (path) => catalogue.children(session, path),
    names: () => catalogue.names(session),
    describe: (path) => catalogue.describe(session, path),
    cancel: (handle) => cancel(session, handle),
    [Symbol.asyncDispose]: () => session.close(running),
  };
}
