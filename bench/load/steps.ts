/** What each user does, step by step. */
import http from 'node:http';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import type { Credentials } from '#core/ports/identity.ts';

/** One person at the load: what they have been given so far. */
export interface Visitor {
  readonly keys: Required<Credentials>;
  token: string;
  connection: string;
}

export interface LoadStep {
  readonly title: string;
  run(visitor: Visitor, ask: Ask): Promise<void>;
}

export type Ask = (method: string, path: string, body?: object, token?: string) => Promise<Answered>;
interface Answered {
  readonly cookies: readonly string[];
  readonly text: string;
}

const STATEMENT = 'select * from analytics.events order by id limit 1000';

/** `password` is that of the database user `app`. */
export const stepsWith = (password: string): LoadStep[] => [
  {
    title: 'sign in',
    async run(visitor, ask) {
      const { cookies } = await ask('POST', '/api/session', visitor.keys);
      visitor.token = cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'))).join('');
    },
  },
  { title: 'who am I', run: async ({ token }, ask) => void (await ask('GET', '/api/session', undefined, token)) },
  {
    title: 'list a region',
    async run({ token }, ask) {
      const { text } = await ask('POST', '/api/resources', { regions: ['eu-central-1'] }, token);
      ended(text);
      if (!text.includes(':db:shop"')) throw new Error(`Nothing was found: ${text.slice(0, 300)}`);
    },
  },
  {
    title: 'connect',
    async run(visitor, ask) {
      const resourceId = `arn:aws:rds:eu-central-1:${ACCOUNT_ID}:db:shop`;
      const body = { resourceId, login: { method: 'password', user: 'app', password } };
      const { text } = await ask('POST', '/api/connections', body, visitor.token);
      visitor.connection = JSON.parse(text).connection;
    },
  },
  {
    title: 'list a schema',
    async run({ token, connection }, ask) {
      const path = [{ kind: 'schema', name: 'shop' }];
      await ask('POST', '/api/objects/children', { connection, path }, token);
    },
  },
  {
    title: 'query 1,000 rows',
    async run({ token, connection }, ask) {
      const { text } = await ask('POST', '/api/query', { connection, statement: STATEMENT }, token);
      ended(text);
    },
  },
  { title: 'sign out', run: async ({ token }, ask) => void (await ask('DELETE', '/api/session', undefined, token)) },
];

/** A stream that did not end well is an error too. */
function ended(text: string): void {
  const last = text.trim().split('\n').at(-1) ?? '';
  if (JSON.parse(last).type !== 'end') throw new Error(`The stream did not end: ${last.slice(0, 300)}`);
}

/** Asks over connections that are kept, one for each user, as browsers do. Rejects where the answer is no success. */
export function askAt(port: number, users: number): Ask {
  const agent = new http.Agent({ keepAlive: true, maxSockets: users });
  return (method, path, body, token) =>
    new Promise((resolve, reject) => {
      const text = body && JSON.stringify(body);
      const headers = {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      };
      const request = http.request({ agent, host: '127.0.0.1', port, method, path, headers }, async (response) => {
        const answer = String(Buffer.concat(await response.toArray()));
        const set = (response.headers['set-cookie'] ?? []).filter((cookie) => !cookie.includes('Max-Age=0'));
        if ((response.statusCode ?? 500) < 300) resolve({ cookies: set, text: answer });
        else reject(new Error(`${response.statusCode} ${answer}`));
      });
      request.once('error', reject);
      request.end(text);
    });
}
