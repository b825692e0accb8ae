/** SHOW CREATE, of everything that it can show. */
import { AppError } from '#contract/errors.ts';
import { quoteName, type Session } from '../session.ts';

/** Unknown database, table, view, sequence or routine: by number. */
const NOT_THERE = /^(1049|1146|1305|1347|4089|4091) /;

/** The statement with a semicolon; undefined where there is no such object. Where the user may not see it, a comment says so. */
export async function show(session: Session, what: string): Promise<string | undefined> {
  try {
    const [row] = await session.query(`SHOW CREATE ${what}`);
    // Routines have their sql_mode between their name and their text.
    const text = row?.slice(1).find((each) => each?.startsWith('CREATE'));
    return text ? `${text};` : '-- The database does not show how this was made to this user.';
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'STATEMENT_FAILED') throw error;
    if (NOT_THERE.test(`${error.details?.native?.code} `)) return undefined;
    return `-- ${error.message}`;
  }
}

const TYPES = ['TABLE', 'VIEW', 'SEQUENCE', 'FUNCTION', 'PROCEDURE'];

/** The same of what a schema holds, with the schema before its name: the server leaves it out. */
export async function showMember(
  session: Session,
  type: string,
  { schema, name }: { readonly schema: string; readonly name: string },
): Promise<string | undefined> {
  const quoted = quoteName(name);
  const ddl = await show(session, `${type} ${quoteName(schema)}.${quoted}`);
  const places = TYPES.map((each) => [ddl?.indexOf(` ${each} ${quoted}`) ?? -1, each.length + 2] as const);
  const [at, length] = places.filter(([found]) => found >= 0).sort(([a], [b]) => a - b)[0] ?? [];
  if (!ddl || at === undefined || length === undefined) return ddl;
  return `${ddl.slice(0, at + length)}${quoteName(schema)}.${ddl.slice(at + length)}`;
}
