/** What a record says of a script: its text, cut and redacted as it must be, and what it does. */
import { STATEMENT_KEPT } from '#contract/audit.ts';
import { ENGINES, type EngineInfo, type EngineName } from '#contract/engines.ts';
import { splitMongo } from '#contract/mongo/split.ts';
import { SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';
import { firstWord } from '../engines/sql/first-word.ts';
import type { Deed } from '../ports/audit.ts';
import { redactMongo } from './redact/mongo.ts';
import { redactPartiql } from './redact/partiql.ts';
import { redactSql } from './redact/sql.ts';

type Dialect = EngineInfo['dialect'];

const REDACT: { readonly [D in Dialect]: (text: string) => string } = {
  postgres: (text) => redactSql(text, 'postgres', SQL_DIALECTS.postgres),
  redshift: (text) => redactSql(text, 'redshift', SQL_DIALECTS.redshift),
  mysql: (text) => redactSql(text, 'mysql', SQL_DIALECTS.mysql),
  tsql: (text) => redactSql(text, 'tsql', SQL_DIALECTS.tsql),
  oracle: (text) => redactSql(text, 'oracle', SQL_DIALECTS.oracle),
  partiql: redactPartiql,
  mongo: redactMongo,
};

/**
 * What tells that a script holds a password or a key: then it loses all its literals, whatever the settings say. Better one
 * record that says too little than one that lets somebody in. The second are the ids of AWS's own keys.
 */
const SECRETS = [
  /passw|passphrase|\bpwd|_pwd|secret|credential|identified|addlogin|crypt|hmac|authoriz|access_?key|private_?key|api_?key|auth_?token|session_?token|external_(?:master|source)|dblink|\bdb\s*\.\s*auth\b/i,
  /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{12}/,
];

/** SQL*Plus takes a password in the clear, and people paste what they have: `connect scott/tiger@sales`. */
const CONNECT = /^([ \t]*conn(?:ect)?[ \t]+)(?!by\b)[^\s/]+\/.*$/gim;

/** So many commands of one script are named. */
const COMMANDS_KEPT = 50;

/** The text of a script, its first words, and whether it lost its literals. */
export function statementText(
  script: string,
  engine: EngineName,
  { redactLiterals }: { readonly redactLiterals: boolean },
): Pick<Deed, 'statement' | 'statementLength' | 'redacted' | 'commands'> {
  const { dialect } = ENGINES[engine];
  const isCut = script.length > STATEMENT_KEPT;
  const kept = (isCut ? script.slice(0, STATEMENT_KEPT).toWellFormed() : script).replace(CONNECT, '$1?');
  const redacted = redactLiterals || SECRETS.some((pattern) => pattern.test(script));
  return {
    statement: redacted ? REDACT[dialect](kept).slice(0, STATEMENT_KEPT) : kept,
    ...(isCut && { statementLength: script.length }),
    ...((redacted || kept !== script.slice(0, STATEMENT_KEPT)) && { redacted: true }),
    commands: commandsOf(kept, dialect),
  };
}

function commandsOf(text: string, dialect: Dialect): string[] {
  const isMongo = dialect === 'mongo';
  const ranges = isMongo ? splitMongo(text) : splitStatements(text, SQL_DIALECTS[dialect]);
  const first = isMongo ? firstMethod : firstWord;
  return [...new Set(ranges.map(({ from, to }) => first(text.slice(from, to))))].slice(0, COMMANDS_KEPT);
}

/** `find` of `db.orders.find({…})`; of what calls no method its first word, such as `show`. */
function firstMethod(text: string): string {
  const plain = text
    .replace(/^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/, '')
    .replace(/^db\s*\.\s*getCollection\s*\([^)]*\)/, 'db');
  const [, method] = /^db\b[^({]*\.\s*(\w+)\s*\(/.exec(plain) ?? [];
  return method ?? /^\w+/.exec(plain)?.[0] ?? '';
}
