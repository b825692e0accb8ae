/**
 * Which statements of a script need the connection of the others: those that leave something in it, and those that ask for
 * what was left. It reads words only, and guards nothing but a pause: where it is in doubt the script is not left. A
 * procedure may leave anything, so each does; what a function inside of a SELECT leaves is not seen.
 */
import { readToken, SQL_DIALECTS, type SqlDialect } from '#contract/sql/split.ts';
import { firstWord } from './first-word.ts';

interface Words {
  /** Statements that begin so leave nothing behind, unless `leaving` finds something in them. A transaction is told by the server. */
  readonly harmless: ReadonlySet<string>;
  readonly leaving: RegExp;
  readonly asking: RegExp;
}

const READ = ['SELECT', 'WITH', 'VALUES', 'TABLE', 'EXPLAIN', 'SHOW', 'DESCRIBE', 'DESC'];
const WRITE = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE', 'COPY', 'UNLOAD'];
const DEFINE = ['CREATE', 'ALTER', 'DROP', 'RENAME', 'COMMENT', 'GRANT', 'REVOKE'];
const TEND = ['VACUUM', 'ANALYZE', 'ANALYSE', 'REINDEX', 'REFRESH', 'CLUSTER', 'CHECKPOINT', 'OPTIMIZE', 'CHECK'];
const CONCLUDE = ['COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'];
const BEGIN = ['BEGIN', 'START', 'END', 'ABORT'];
/** Of a batch, whose blocks and variables end with it. */
const BLOCKS = ['BEGIN', 'IF', 'WHILE', 'DECLARE', 'PRINT', 'RAISERROR', 'THROW', 'WAITFOR', 'SAVE'];

const PLAIN = [...READ, ...WRITE, ...DEFINE, ...TEND, ...CONCLUDE];

/** `#` names the temporary tables of Redshift; a role or a database has settings for connections that come. */
const POSTGRES: Words = {
  harmless: new Set([...PLAIN, ...BEGIN]),
  leaving:
    /\b(?:temp|temporary|pg_temp\w*|set_config|setseed|pg_(?:try_)?advisory_\w+|dblink\w*)\b|\b(?:table|into)\s+#|\balter\s+(?:role|user|database|system)\b/i,
  asking: /\b(?:currval|lastval|pg_advisory_unlock\w*)\b/i,
};

const WORDS: readonly (readonly [SqlDialect, Words])[] = [
  [SQL_DIALECTS.postgres, POSTGRES],
  [SQL_DIALECTS.redshift, POSTGRES],
  [
    SQL_DIALECTS.mysql,
    {
      harmless: new Set([...PLAIN, ...BEGIN, 'REPLACE', 'LOAD']),
      // What only one version of the server reads looks like a comment.
      leaving: /@|\/\*!|\b(?:temporary|get_lock|sql_calc_found_rows|not\s+atomic)\b/i,
      asking: /\b(?:last_insert_id|row_count|found_rows|release_lock)\b/i,
    },
  ],
  [
    SQL_DIALECTS.tsql,
    {
      harmless: new Set([...PLAIN, ...BLOCKS]),
      // An option is set without a sign between: `SET NOCOUNT ON`, but `UPDATE … SET name = …`.
      leaving: /#|\b(?:exec|execute|use|cursor|open|revert|setuser|sp_\w+|xp_\w+)\b|\bset\s+[a-z_]+\s+[^\s=+\-*/%&^|]/i,
      asking: /@@(?:identity|rowcount|error|fetch_status)\b/i,
    },
  ],
  [
    SQL_DIALECTS.oracle,
    {
      harmless: new Set(PLAIN),
      leaving: /\balter\s+session\b|\b(?:private|global)\s+temporary\b|\bdbms_\w+|<</i,
      asking: /\bcurrval\b/i,
    },
  ],
];

export interface Bound {
  /** It may leave something in its connection that lasts as long as that. */
  readonly leaves: boolean;
  /** It may ask for what others have left there. */
  readonly asks: boolean;
}

export function boundToConnection(statement: string, dialect: SqlDialect): Bound {
  const words = WORDS.find(([each]) => each === dialect)?.[1];
  if (!words) return { leaves: true, asks: true };
  const text = withoutTexts(statement, dialect);
  const leaves = !words.harmless.has(firstWord(text)) || words.leaving.test(text);
  return { leaves, asks: words.asking.test(text) };
}

/** Without what stands between single quotes and in comments, save those that MySQL reads: names in quotes stay. */
function withoutTexts(statement: string, dialect: SqlDialect): string {
  const kept: string[] = [];
  for (let at = 0; at < statement.length; ) {
    const [kind, end] = readToken(statement, at, dialect, ';');
    const isText = kind === 'quoted' && statement.charAt(end - 1) === "'";
    const isAside = kind === 'comment' && !statement.startsWith('/*!', at);
    kept.push(isText || isAside ? ' ' : statement.slice(at, end));
    at = end;
  }
  return kept.join('');
}
