import { createServer } from 'node:net';
import { listen } from '#core/local/listen.ts';
import { reservePort } from '#core/local/reserve-port.ts';

test('a program can listen at a reserved port, which no system gives out by itself', async () => {
  using reserved = await reservePort();
  expect(reserved.port).toBeGreaterThanOrEqual(1_024);
  expect(reserved.port).toBeLessThan(32_768);
  const { port, close } = await listen(createServer(), reserved.port);
  expect(port).toBe(reserved.port);
  await close();
});

test('nobody gets a port that is reserved, or that a program listens at', async () => {
  const { port, [Symbol.dispose]: giveBack } = await reservePort();
  const only = { from: port, to: port };
  await expect(reservePort(only)).rejects.toThrow(`No port from ${port} to ${port} is free.`);
  const { close } = await listen(createServer(), port);
  giveBack();
  await expect(reservePort(only)).rejects.toThrow('is free');
  await close();
  using again = await reservePort(only);
  expect(again.port).toBe(port);
});
