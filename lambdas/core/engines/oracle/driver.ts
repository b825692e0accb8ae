/** oracledb in its thin mode, loaded when the first connection to Oracle is opened. Its native part is never asked for. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type oracledb from 'oracledb';
import type { Address } from 'oracledb/lib/thin/sqlnet/ntTcp.js';
import { AppError } from '#contract/errors.ts';
import { refusalOf } from '../dial/dial.ts';
import { ExactDate } from './exact-date.ts';

export type Driver = typeof oracledb;

/**
 * What is dialled, looked at first. A listener may send on to another port, but to no other host. Errors: ADDRESS_REFUSED,
 * and Node's.
 */
async function allowedAddress({ host, originHost }: Address): Promise<string> {
  const [address = ''] = await addressesOf(host);
  if (originHost === undefined || (await addressesOf(originHost)).includes(address)) return address;
  throw new AppError('ADDRESS_REFUSED', {
    message: `The listener of ${originHost} sends on to another host, ${host}. Lodge does not follow.`,
    details: { step: 'login' },
  });
}

async function addressesOf(host: string): Promise<string[]> {
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  const refusal = refusalOf(host, addresses);
  if (refusal) throw refusal;
  return addresses;
}

let loading: Promise<Driver> | undefined;

export function loadDriver(): Promise<Driver> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Driver> {
  const [main, { BaseBuffer }, { default: Line }] = await Promise.all([
    import('oracledb'),
    import('oracledb/lib/impl/datahandlers/buffer.js'),
    import('oracledb/lib/thin/sqlnet/ntTcp.js'),
  ]);
  const { ntConnect } = Line.prototype;
  Line.prototype.ntConnect = async function (address) {
    const host = await allowedAddress(address);
    // By no proxy: the text that a listener sends could name one.
    return ntConnect.call(this, { ...address, host, httpsProxy: undefined });
  };
  const { parseOracleDate } = BaseBuffer.prototype;
  BaseBuffer.prototype.parseOracleDate = function (bytes, local = true, fromDatabaseZone = false) {
    return new ExactDate(parseOracleDate.call(this, bytes, local, fromDatabaseZone), bytes, !local);
  };
  return main.default;
}
