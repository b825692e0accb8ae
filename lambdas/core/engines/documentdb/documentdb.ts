/** DocumentDB as an engine, and any other that speaks MongoDB's protocol over TLS. */
import { AppError } from '#contract/errors.ts';
import { splitMongo } from '#contract/mongo/split.ts';
import { connectionOf } from '../connection-of.ts';
import type { Engine } from '../engine.ts';
import { cancel } from './cancel.ts';
import { children, describe, names } from './catalogue/catalogue.ts';
import { open } from './connect.ts';
import { type Ground, runScript } from './script.ts';

export const documentdb: Engine = {
  async connect(target, login, options) {
    const { client, about } = await open(target, login, options);
    const closing = new AbortController();
    const closed = AbortSignal.any([options.signal, closing.signal]);
    const ground: Ground = { client, readOnly: options.readOnly, database: target.database, closed };
    const catalogue = { client, database: target.database, signal: closed };
    return connectionOf({
      about,
      split: statementsOf,
      events: (script, statements, options) => runScript(ground, script, statements, options),
      children: (path) => children(catalogue, path),
      names: () => names(catalogue),
      describe: (path) => describe(catalogue, path),
      cancel: (handle) => cancel(client, handle),
      async close() {
        closing.abort(new AppError('STATEMENT_CANCELLED'));
        await client.close();
      },
    });
  },
};

function statementsOf(script: string) {
  const statements = splitMongo(script);
  if (statements.length > 0) return statements;
  const message = 'holds no statement';
  throw new AppError('INPUT_INVALID', {
    message: `The script ${message}.`,
    details: { fields: [{ path: 'statement', message }] },
  });
}
