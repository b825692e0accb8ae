import { createServer, type Server } from 'node:http';
import { listen } from '../../../bin/local/listen.ts';

const servers: Server[] = [];
const server = () => {
  const made = createServer((_request, response) => response.end('here'));
  servers.push(made);
  return made;
};
afterEach(() => {
  for (const one of servers.splice(0)) one.close().closeAllConnections();
});

describe('listening', () => {
  it('takes the port that was asked for', async () => {
    const free = await listen(server(), 0);
    servers[0]?.close();
    expect(await listen(server(), free)).toBe(free);
  });

  it('takes another port where that one is taken', async () => {
    const taken = await listen(server(), 0);
    const port = await listen(server(), taken);
    expect(port).not.toBe(taken);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('here');
  });

  it('listens on loopback only', async () => {
    const one = server();
    await listen(one, 0);
    expect(one.address()).toMatchObject({ address: '127.0.0.1' });
  });
});
