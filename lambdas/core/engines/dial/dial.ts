/**
 * The one way from an engine to a socket. A name is resolved once; what it leads to is looked at, and that very address is
 * dialled: between the two nobody can change the answer. TLS goes on checking the certificate against the name.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction, Socket } from 'node:net';
import { AppError } from '#contract/errors.ts';
import { ENV } from '../../env.ts';
import { whyRefused } from './refused-ranges.ts';

/** The local mode's databases, and tests', listen on this machine. The stack never sets it. */
const ownMachine = (): boolean => process.env[ENV.allowLoopback] === 'true';

/** What is wrong with where a host leads; undefined where nothing is: one bad address of several is enough. */
export function refusalOf(host: string, addresses: readonly string[]): AppError | undefined {
  for (const address of addresses) {
    const why = whyRefused(address, { ownMachine: ownMachine() });
    if (why === undefined) continue;
    const leads = address === host ? address : `${address}, where ${host} leads`;
    return new AppError('ADDRESS_REFUSED', {
      message: `Lodge does not connect to ${leads}: the address is ${why}.`,
      details: { step: 'name' },
    });
  }
  return undefined;
}

/** Resolves as Node does, for sockets that a driver opens itself. Errors: ADDRESS_REFUSED, and Node's. */
export const lookupAllowed: LookupFunction = (host, options, callback) => {
  lookup(host, options, (error: Error | null, found: string | LookupAddress[], family?: number) => {
    const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
    callback(error ?? refusalOf(host, addresses) ?? null, found, family);
  });
};

/** A socket that looks at where it is sent before it goes; what is refused is its error. */
export function checkedSocket(): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  const checked = (port: number, host: string): Socket => {
    // An address is not looked up.
    const refusal = isIP(host) ? refusalOf(host, [host]) : undefined;
    return refusal ? socket.destroy(refusal) : connect({ port, host, lookup: lookupAllowed });
  };
  return Object.assign(socket, { connect: checked });
}

/** A socket on its way. */
export const dial = ({ host, port }: { readonly host: string; readonly port: number }): Socket =>
  checkedSocket().connect(port, host);

/** The refusal that a driver has wrapped in an error of its own. */
export function refusalIn(error: unknown): AppError | undefined {
  let found = error;
  for (let depth = 0; depth < 8 && found; depth += 1) {
    if (found instanceof AppError && found.code === 'ADDRESS_REFUSED') return found;
    found = Object(found).cause;
  }
  return undefined;
}
