/** oracledb in its thin mode, loaded when the first connection to Oracle is opened. Its native part is never asked for. */
import type oracledb from 'oracledb';
import { ExactDate } from './exact-date.ts';

export type Driver = typeof oracledb;

let loading: Promise<Driver> | undefined;

export function loadDriver(): Promise<Driver> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Driver> {
  const [main, { BaseBuffer }] = await Promise.all([
    import('oracledb'),
    import('oracledb/lib/impl/datahandlers/buffer.js'),
  ]);
  const { parseOracleDate } = BaseBuffer.prototype;
  BaseBuffer.prototype.parseOracleDate = function (bytes, local = true, fromDatabaseZone = false) {
    return new ExactDate(parseOracleDate.call(this, bytes, local, fromDatabaseZone), bytes, !local);
  };
  return main.default;
}
