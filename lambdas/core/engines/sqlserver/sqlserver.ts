/** SQL Server as an engine: RDS for SQL Server and any other that speaks TDS 7.4 over TLS. Preview: see docs/engines.md. */
import { SQL_DIALECTS } from '#contract/sql/split.ts';
import { connectionOf } from '../connection-of.ts';
import type { Connection, Engine } from '../engine.ts';
import { statementsOf } from '../sql/statements-of.ts';
import { cancelSession } from './cancel.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { Script } from './script.ts';
import { Session } from './session.ts';

export const sqlserver: Engine = {
  connect: async (target, login, options) => connectionAt(await Session.open(target, login, options)),
};

const connectionAt = (session: Session): Connection =>
  connectionOf({
    about: session.about,
    split: (script) => statementsOf(script, SQL_DIALECTS.tsql),
    events: (script, statements, options) => new Script(session, script, options).events(statements),
    children: (path) => children(session, path),
    names: () => names(session),
    describe: (path) => describe(session, path),
    cancel: (handle) => cancelSession(session, handle),
    close: () => session.close(),
  });
