import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { listen } from '#core/local/listen.ts';
import { reservePort } from '#core/local/reserve-port.ts';

test('a server listens on this machine only, on a port of its own', async () => {
  const [one, other] = [createServer(), createServer()];
  const [first, second] = [await listen(one), await listen(other)];
  expect(one.address() as AddressInfo).toMatchObject({ address: '127.0.0.1', port: first.port });
  expect(first.port).not.toBe(second.port);
  await Promise.all([first.close(), second.close()]);
  expect([one.listening, other.listening]).toEqual([false, false]);
});

test('a server takes the port that it wants, and another one where that is taken', async () => {
  using reserved = await reservePort();
  const wanted = reserved.port;
  const [first, second] = [createServer(), createServer()];
  const taken = await listen(first, wanted);
  const other = await listen(second, wanted);
  expect(taken.port).toBe(wanted);
  expect(other.port).not.toBe(wanted);
  expect(second.address()).toMatchObject({ address: '127.0.0.1' });
  await Promise.all([taken.close(), other.close()]);
});

test('what keeps a server from listening, other than a taken port, is an error', async () => {
  await expect(listen(createServer(), 70_000)).rejects.toThrow(/port/i);
});

test('closing does not wait for a client that stays', async () => {
  const server = createHttpServer((_request, response) => response.write('and so on'));
  const { port, close } = await listen(server);
  const reader = (await fetch(`http://127.0.0.1:${port}`)).body?.getReader();
  await reader?.read();
  await close();
  await expect(reader?.read()).rejects.toThrow();
});
