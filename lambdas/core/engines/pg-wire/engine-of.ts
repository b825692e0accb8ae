/** An engine on PostgreSQL's wire, by what is its own. */
import { connectionOf } from '../connection-of.ts';
import type { Connection, Engine } from '../engine.ts';
import { statementsOf } from '../sql/statements-of.ts';
import type { Flavour } from './flavour.ts';
import { Script } from './script.ts';
import { Session } from './session.ts';

export const engineOf = (flavour: Flavour): Engine => ({
  connect: async (target, login, options) => connectionAt(await Session.open(flavour, target, login, options)),
});

function connectionAt(session: Session): Connection {
  const { dialect, catalogue, cancel } = session.flavour;
  return connectionOf({
    about: session.about,
    split: (script) => statementsOf(script, dialect),
    events: (script, statements, options) => new Script(session, script, options).events(statements),
    children: (path) => catalogue.children(session, path),
    names: () => catalogue.names(session),
    describe: (path) => catalogue.describe(session, path),
    cancel: (handle) => cancel(session, handle),
    close: (busy) => session.close(busy),
  });
}
