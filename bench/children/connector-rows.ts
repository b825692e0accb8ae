/** Takes a statement's rows from a connector, in this process or behind Lambda, without HTTP and compression on top. */
import { callConnector } from '#core/aws/call-connector.ts';
import type { Connector } from '#core/connectors/connector.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { remote } from '#core/connectors/remote.ts';
import { READY_ENGINES } from '#core/engines/engines.ts';
import { freeBytes } from '#core/free-bytes.ts';
import { CONNECTOR } from '#core/local/account/principals.ts';
import type { Door } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';

export interface ConnectorRowsTask {
  readonly door: Door;
  readonly statement: string;
  readonly way: keyof typeof WAYS;
  /** How often the first row is waited for before all rows are taken. */
  readonly firsts: number;
}

export interface ConnectorRows {
  /** Milliseconds until each first row. */
  readonly firsts: number[];
  readonly elapsedMs: number;
  readonly rows: number;
}

const WAYS = {
  here: (ca: string): Connector => inProcess({ engines: READY_ENGINES, authorities: () => ca }),
  lambda: (ca: string): Connector =>
    remote({ network: 'private', call: callConnector('private', CONNECTOR), authorities: () => ca }),
};

answerOnce<ConnectorRowsTask>(async ({ door, statement, way, firsts }) => {
  const connector = WAYS[way](door.ssl.ca);
  const run = () =>
    connector.perform(
      {
        engine: 'postgres',
        target: { host: door.host, port: door.port, database: door.database, ca: door.ssl.ca },
        login: { user: door.user, password: door.password },
        readOnly: true,
        work: { do: 'run', script: statement, maxRows: 10_000_000, timeoutSeconds: 300 },
      },
      new AbortController().signal,
    );
  const result: ConnectorRows & { firsts: number[] } = { firsts: [], elapsedMs: 0, rows: 0 };
  for (let at = 0; at < firsts; at += 1) {
    const begun = performance.now();
    for await (const event of run())
      if (event instanceof Uint8Array) {
        result.firsts.push(performance.now() - begun);
        break;
      }
  }
  const begun = performance.now();
  let rows = 0;
  for await (const event of run())
    if (event instanceof Uint8Array) freeBytes(event);
    else if (event.type === 'done') rows += event.rows;
  return { ...result, elapsedMs: performance.now() - begun, rows } satisfies ConnectorRows;
});
