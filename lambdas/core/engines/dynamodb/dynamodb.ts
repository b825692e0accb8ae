/** DynamoDB as an engine: one region of the account, called with the user's own keys. */
import { AppError } from '#contract/errors.ts';
import { SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';
import { connectionOf } from '../connection-of.ts';
import type { ServiceEngine } from '../engine.ts';
import { Calls } from './calls.ts';
import { describe } from './catalogue/describe.ts';
import { names } from './catalogue/names.ts';
import { children } from './catalogue/tree.ts';
import { plansOf } from './plans.ts';
import { cancel } from './running.ts';
import { runScript } from './script.ts';
import { TableRules } from './table-rules.ts';
import { Tables } from './tables.ts';

/** The version of the API that the SDK speaks (API Reference, `DynamoDB_20120810`). */
const API_VERSION = '2012-08-10';

/** Where scans are limited and nobody says how far, nothing may be scanned. */
const NOTHING = { items: 0, bytes: 0 };

/** `scanLimits` are what a reader, and what runs while nobody looks on, may scan. */
export const dynamodb: ServiceEngine = {
  async connect(target, keys, options) {
    const { readOnly, scans = readOnly ? 'limited' : 'free', scanLimits = NOTHING, tableAccess, signal } = options;
    const closing = new AbortController();
    const closed = AbortSignal.any([signal, closing.signal]);
    const calls = new Calls(target, keys, closed);
    const rules = tableAccess && new TableRules(calls, target, tableAccess);
    const tables = new Tables(calls, target, rules);
    const catalogue = { calls, tables, target };
    const limits = scans === 'limited' ? scanLimits : undefined;
    const ground = { calls, tables, readOnly, limits, closed };
    return connectionOf({
      about: { version: API_VERSION, user: target.user, database: target.region },
      split: statementsOf,
      events: (script, statements, options) => runScript(ground, script, statements, options),
      children: (path) => children(catalogue, path),
      names: () => names(catalogue),
      describe: (path) => describe(catalogue, path),
      plan: (script, maxRows) => plansOf(ground, script, maxRows),
      cancel: async (handle) => cancel(handle),
      close: async () => closing.abort(new AppError('STATEMENT_CANCELLED')),
    });
  },
};

function statementsOf(script: string) {
  const statements = splitStatements(script, SQL_DIALECTS.partiql);
  if (statements.length > 0) return statements;
  const message = 'holds no statement';
  throw new AppError('INPUT_INVALID', {
    message: `The script ${message}.`,
    details: { fields: [{ path: 'statement', message }] },
  });
}
