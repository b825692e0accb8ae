/** Asks who is signed in, with each of the tokens in turn, over one open connection. */
import http from 'node:http';
import { answerOnce } from '../in-child.ts';

export interface HttpSessionTask {
  readonly port: number;
  readonly tokens: readonly string[];
}

/** Answers with the milliseconds of each call. */
answerOnce<HttpSessionTask>(async ({ port, tokens }) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const elapsed: number[] = [];
  for (const token of tokens) elapsed.push(await call(agent, port, token));
  return elapsed;
});

function call(agent: http.Agent, port: number, token: string): Promise<number> {
  const begun = performance.now();
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const request = http.get({ agent, host: '127.0.0.1', port, path: '/api/session', headers }, async (response) => {
      const text = String(Buffer.concat(await response.toArray()));
      if (response.statusCode === 200) resolve(performance.now() - begun);
      else reject(new Error(text));
    });
    request.once('error', reject);
  });
}
