import { PassThrough } from 'node:stream';
import {
  ASK_PASSWORD,
  fatal,
  isAskPassword,
  passwordMessage,
  readFirstPacket,
  readMessage,
  readPassword,
  startupAs,
  startupParameters,
} from '#core/local/gateway/protocol.ts';

const packet = (code: number, rest = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + rest.byteLength);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, rest]);
};
const startup = packet(196_608, Buffer.from('user\0app_iam\0database\0shop\0options\0-c a=b\0\0'));

/** A stream that has received these pieces. */
const received = (...pieces: Buffer[]): PassThrough => {
  const stream = new PassThrough();
  for (const piece of pieces) stream.write(piece);
  return stream;
};

test.each([
  [196_608, 'startup'],
  [196_610, 'startup'],
  [80_877_102, 'cancel'],
  [80_877_103, 'ssl'],
  [80_877_104, 'gss'],
  [131_072, 'unknown'],
])('the first packet with the code %i is known as %s', async (code, kind) => {
  expect(await readFirstPacket(received(packet(code)))).toEqual({ kind, bytes: packet(code) });
});

test('a packet that comes byte by byte is read whole, and what follows is left', async () => {
  const stream = new PassThrough();
  const reading = readFirstPacket(stream);
  for (const byte of startup) {
    stream.write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  stream.write('the rest');
  expect((await reading).bytes).toEqual(startup);
  expect(stream.read().toString()).toBe('the rest');
});

test('what follows in the same piece is left too', async () => {
  const stream = received(Buffer.concat([startup, passwordMessage('secret'), Buffer.from('Q')]));
  expect((await readFirstPacket(stream)).kind).toBe('startup');
  expect(readPassword(await readMessage(stream))).toBe('secret');
  expect(stream.read().toString()).toBe('Q');
});

test('the parameters of a startup packet are read', () => {
  expect([...startupParameters(startup)]).toEqual([
    ['user', 'app_iam'],
    ['database', 'shop'],
    ['options', '-c a=b'],
  ]);
  expect(startupParameters(packet(196_608)).size).toBe(0);
});

test.each([Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from([0, 0, 0, 7, 0, 0, 0]), Buffer.from([0x16, 3, 1, 2, 0])])(
  'what is not this protocol is refused before it is waited for',
  async (bytes) => {
    await expect(readFirstPacket(received(bytes))).rejects.toThrow('not the PostgreSQL protocol');
  },
);

test('a peer that leaves in the middle is noticed', async () => {
  const ended = received(startup.subarray(0, 10));
  ended.end();
  await expect(readFirstPacket(ended)).rejects.toThrow('has left');
  const cut = received(startup.subarray(0, 10));
  const reading = readFirstPacket(cut);
  cut.destroy();
  await expect(reading).rejects.toThrow('has left');
  await expect(readFirstPacket(cut)).rejects.toThrow('has left');
});

test('a message that claims to be huge is refused', async () => {
  await expect(readMessage(received(Buffer.from([0x70, 0x7f, 0xff, 0xff, 0xff])))).rejects.toThrow('protocol');
});

test('a password is read from a password message only', async () => {
  const read = async (bytes: Buffer) => readPassword(await readMessage(received(bytes)));
  expect(await read(passwordMessage('a b/?&=é'))).toBe('a b/?&=é');
  expect(await read(passwordMessage(''))).toBe('');
  expect(await read(Buffer.from('Q\0\0\0\x06x\0', 'latin1'))).toBeUndefined();
  expect(await read(Buffer.from('p\0\0\0\x05x', 'latin1'))).toBeUndefined();
});

test('a server’s question for a clear password is told from others', async () => {
  expect(isAskPassword(await readMessage(received(ASK_PASSWORD)))).toBe(true);
  expect(isAskPassword(await readMessage(received(Buffer.from('R\0\0\0\x08\0\0\0\x0a', 'latin1'))))).toBe(false);
});

test('a fatal error has the fields that a client shows', async () => {
  const { type, body } = await readMessage(received(fatal('28000', 'no')));
  expect(type).toBe('E');
  expect(body.toString()).toBe('SFATAL\0VFATAL\0C28000\0Mno\0\0');
});

test('a startup packet for another user asks for the same else', async () => {
  const changed = startupAs('IAM:ada', startup);
  expect((await readFirstPacket(received(changed))).bytes).toEqual(changed);
  expect(Object.fromEntries(startupParameters(changed))).toEqual({
    user: 'IAM:ada',
    database: 'shop',
    options: '-c a=b',
  });
});

test('where no database is asked for, it stays that of the user who came', () => {
  const short = packet(196_608, Buffer.from('user\0analyst\0\0'));
  expect(startupParameters(startupAs('other', short)).get('database')).toBe('analyst');
});
