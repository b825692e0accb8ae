/** How long the first row of a statement takes over HTTP, again and again. */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import type { Api } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';

export interface HttpFirstTask extends Api {
  readonly statement: string;
  readonly acceptEncoding: string;
  readonly repeats: number;
  /** True: over a connection to Lodge that is open already, as a page's is. */
  readonly keepAlive: boolean;
}

/** What a line begins with when it carries rows. */
const ROWS = '{"type":"rows"';
/** So long the statement has to be stopped before the next one, in ms. */
const PAUSE = 150;

answerOnce<HttpFirstTask>(async (task) => {
  const agent = new http.Agent({ keepAlive: true });
  const elapsed: number[] = [];
  for (let at = 0; at < task.repeats; at += 1) {
    if (task.keepAlive) await wake(agent, task);
    elapsed.push(await firstRow(agent, task));
    await sleep(PAUSE);
  }
  return elapsed;
});

/** Opens the connection that the next request goes over. */
const wake = (agent: http.Agent, { port }: Api): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = http.get({ agent, host: '127.0.0.1', port, path: '/api/instance' }, (response) =>
      response.resume().once('end', () => setImmediate(resolve)),
    );
    request.once('error', reject);
  });

/** Milliseconds until the first row's line has arrived. Then the reader leaves, which stops the statement. */
function firstRow(
  agent: http.Agent,
  { port, token, connection, statement, acceptEncoding }: HttpFirstTask,
): Promise<number> {
  const begun = performance.now();
  const request = http.request({
    agent,
    host: '127.0.0.1',
    port,
    path: '/api/query',
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': acceptEncoding },
  });
  request.end(JSON.stringify({ connection, statement }));
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      const decoded = response.pipe(zlib.createZstdDecompress());
      let text = '';
      decoded.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const at = text.indexOf(ROWS);
        if (at < 0 || text.indexOf('\n', at) < 0) return;
        resolve(performance.now() - begun);
        decoded.removeAllListeners('data').on('error', () => undefined);
        request.destroy();
      });
      decoded.once('end', () => reject(new Error(`The stream has no rows: ${text}`)));
    });
  });
}
