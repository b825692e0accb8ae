/**
 * A script in the place of a connection of the driver's: Oracle's protocol is not public, so there is no server to write. What
 * the engine asks the driver for is recorded, and answered as a test says, by the driver's own types.
 */
import type { BindParameters, ExecuteOptions, Metadata, Result, ResultSet } from 'oracledb';
import type { Connection } from '#core/engines/engine.ts';
import type { Line } from '#core/engines/oracle/connect.ts';
import { oracleOver } from '#core/engines/oracle/oracle.ts';

type Value = string | null;

/** What a statement gives: its rows, by which result; how many it changed; or that it fails. */
interface Answer {
  readonly columns?: readonly Partial<Metadata<unknown>>[];
  /** Rows, or how many there are without an end. */
  readonly rows?: readonly (readonly Value[])[] | 'endless';
  readonly affected?: number;
  readonly warning?: string;
  readonly out?: unknown;
  readonly fails?: Error;
  /** It runs until it is broken off. */
  readonly waits?: boolean;
  /** It leaves a transaction open. */
  readonly begins?: boolean;
}

interface Asked {
  readonly text: string;
  readonly binds: BindParameters;
  readonly options: ExecuteOptions;
}

interface Scripted {
  readonly asked: Asked[];
  /** The texts alone, without those of the engine's own set-up. */
  texts(): string[];
  /** Rows that were taken from the database. */
  fetched: number;
  broken: number;
  closed: boolean;
  rolledBack: number;
}

const ABOUT: Answer = { rows: [['APP', 'ORCL', 'ORCL', '123', '4567']] };
const OWN = /SYS_CONTEXT|DBMS_OUTPUT\.ENABLE/;

export const oracleError = (code: string, message: string, offset = 0): Error =>
  Object.assign(new Error(`${code}: ${message}`), { code, offset });

/** The first whose text a statement holds answers it. */
type Answers = readonly (readonly [text: string, answer: Answer])[];

export async function scripted(answers: Answers, { readOnly = false } = {}) {
  const script: Scripted = {
    asked: [],
    texts: () => script.asked.map(({ text }) => text).filter((text) => !OWN.test(text)),
    fetched: 0,
    broken: 0,
    closed: false,
    rolledBack: 0,
  };
  const engine = oracleOver(async () => lineOf(script, answers));
  const connection: Connection = await engine.connect(
    { host: 'h', port: 2_484, database: 'ORCL', ca: '' },
    { user: 'app', password: 'p' },
    { readOnly, signal: new AbortController().signal },
  );
  return { connection, script };
}

function lineOf(script: Scripted, answers: Answers): Line {
  let broken = Promise.withResolvers<void>();
  const line = {
    oracleServerVersionString: '19.24.0.0.0',
    callTimeout: 0,
    transactionInProgress: false,
    async execute(text: string, binds: BindParameters, options: ExecuteOptions): Promise<Result<unknown[]>> {
      script.asked.push({ text, binds, options });
      const answer = text.includes('SYS_CONTEXT') ? ABOUT : (answers.find(([part]) => text.includes(part))?.[1] ?? {});
      if (answer.waits) {
        await broken.promise;
        throw oracleError('ORA-01013', 'user requested cancel of current operation.');
      }
      if (answer.fails) throw answer.fails;
      line.transactionInProgress ||= answer.begins ?? false;
      return resultOf(script, answer, options);
    },
    async break() {
      script.broken += 1;
      broken.resolve();
      broken = Promise.withResolvers();
    },
    async rollback() {
      script.rolledBack += 1;
      line.transactionInProgress = false;
    },
    async close() {
      script.closed = true;
    },
  };
  return line;
}

function resultOf(script: Scripted, answer: Answer, options: ExecuteOptions): Result<unknown[]> {
  const { columns, rows = [], affected, warning, out } = answer;
  return {
    ...(affected !== undefined && { rowsAffected: affected }),
    ...(warning && { warning: { message: warning } }),
    ...(out !== undefined && { outBinds: out }),
    ...(options.resultSet && columns ? { resultSet: resultSetOf(script, columns, rows) } : { rows }),
  } as Result<unknown[]>;
}

function resultSetOf(script: Scripted, columns: Answer['columns'], rows: NonNullable<Answer['rows']>) {
  let at = 0;
  return {
    metaData: columns,
    async getRows(count: number) {
      const batch =
        rows === 'endless'
          ? Array.from({ length: count }, (_, index) => [String(at + index)])
          : rows.slice(at, at + count);
      at += batch.length;
      script.fetched += batch.length;
      return batch;
    },
    async close() {},
  } as unknown as ResultSet<unknown[]>;
}

export const column = (name: string, dbTypeName = 'VARCHAR2', more: Partial<Metadata<unknown>> = {}) => ({
  name,
  dbTypeName,
  byteSize: 10,
  ...more,
});
