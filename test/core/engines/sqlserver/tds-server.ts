/**
 * A server that speaks as much of SQL Server's protocol as a client needs to connect, to send batches and to cancel them, and
 * answers with what a test says. Written from [MS-TDS]; real sockets, real TLS, no SQL.
 */
import net from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Certificates } from '#core/local/gateway/certificates.ts';
import { listen } from '#core/local/listen.ts';
import { DONE, done, error, loginAck, packetSize, texts } from './tds-tokens.ts';

/** Types of packets (2.2.3.1.1). */
const PACKET = { batch: 1, call: 3, answer: 4, attention: 6, login: 16, prelogin: 18 } as const;
const HEADER = 8;
const LARGEST = 32_767;
/** PRELOGIN's word for encryption: on, or not known at all (2.2.6.5). */
const ENCRYPTION = { on: 1, unknown: 2 } as const;

/** What an answer is given. */
export interface Answering {
  /** Resolves when the client has sent an attention. */
  readonly attention: Promise<void>;
  /** Sends tokens, no faster than they are taken. */
  send(tokens: Buffer): Promise<void>;
}
export type Answer = Buffer | ((to: Answering) => Promise<void>);

export interface TdsOptions {
  readonly certificates: Certificates;
  /** The first whose text a batch holds answers it; a batch that nobody answers is done at once. */
  readonly answers?: readonly (readonly [text: string, answer: Answer])[];
  /** In place of a login that is welcome. */
  readonly refusal?: Buffer;
  /** Beside the welcome of the first login. */
  readonly first?: Buffer;
  /** True: says that it knows no encryption. */
  readonly clear?: boolean;
}

export interface TdsServer extends AsyncDisposable {
  readonly port: number;
  /** Texts of the batches, in their order; those of the driver's own set-up are left out. */
  readonly batches: string[];
  /** Calls of procedures, as they came (2.2.6.6). */
  readonly calls: Buffer[];
  /** How many LOGIN7 have come. */
  readonly logins: () => number;
  /** Cuts all lines. */
  cut(): void;
}

const ABOUT = texts(
  ['version', 'user', 'database', 'id', 'since'],
  [...['16.0.4125.3', 'app', 'shop', '57', '2026-11-24T07:00:00.123']],
);

export async function startTdsServer(options: TdsOptions): Promise<TdsServer> {
  const lines = new Set<net.Socket>();
  const batches: string[] = [];
  const calls: Buffer[] = [];
  let logins = 0;
  const heard = {
    batch: (text: string) => batches.push(text),
    call: (bytes: Buffer) => calls.push(bytes),
    login: () => (logins += 1),
  };
  const server = net.createServer((socket) => {
    lines.add(socket);
    socket.on('close', () => lines.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, options, heard);
  });
  const { port } = await listen(server);
  const cut = (): void => {
    for (const line of lines) line.destroy();
  };
  return {
    port,
    batches,
    calls,
    logins: () => logins,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Heard {
  batch(text: string): void;
  call(bytes: Buffer): void;
  /** How many it are now. */
  login(): number;
}

function converse(
  socket: net.Socket,
  { certificates, answers = [], refusal, first = Buffer.alloc(0), clear = false }: TdsOptions,
  heard: Heard,
) {
  let stream: Duplex = socket;
  let attention = Promise.withResolvers<void>();
  let answering = Promise.resolve();
  const say = (tokens: Buffer): Promise<void> => write(stream, packets(PACKET.answer, tokens, true));

  const answerBatch = async (text: string): Promise<void> => {
    if (!/^set ansi_nulls/i.test(text)) heard.batch(text);
    const answer = text.includes('SERVERPROPERTY') ? ABOUT : answers.find(([part]) => text.includes(part))?.[1];
    if (!answer || Buffer.isBuffer(answer)) return say(Buffer.concat([answer ?? Buffer.alloc(0), done()]));
    const send = (tokens: Buffer) => write(stream, packets(PACKET.answer, tokens, false));
    await answer({ attention: attention.promise, send });
    return say(done());
  };
  const take = (type: number, payload: Buffer): void => {
    if (type === PACKET.login) {
      const beside = heard.login() === 1 ? first : Buffer.alloc(0);
      const welcome = Buffer.concat([loginAck(), packetSize(LARGEST), beside, done()]);
      void say(refusal ? Buffer.concat([refusal, done(DONE.error)]) : welcome);
    } else if (type === PACKET.batch) {
      attention = Promise.withResolvers();
      // ALL_HEADERS says its own length (2.2.5.3).
      const text = payload.subarray(payload.readUInt32LE(0)).toString('utf16le');
      answering = answerBatch(text);
    } else if (type === PACKET.call) {
      heard.call(payload.subarray(payload.readUInt32LE(0)));
      const part = answers.find(([text]) => payload.includes(Buffer.from(text, 'utf16le')))?.[1];
      void say(Buffer.concat([Buffer.isBuffer(part) ? part : Buffer.alloc(0), done()]));
    } else if (type === PACKET.attention) {
      attention.resolve();
      // Acknowledged in a message of its own, behind the answer that it ends (2.2.1.7).
      void answering.then(() => say(done(DONE.attention)));
    }
  };

  readMessages(socket, (type, payload) => {
    if (type !== PACKET.prelogin) return take(type, payload);
    void write(socket, packets(PACKET.answer, prelogin(clear ? ENCRYPTION.unknown : ENCRYPTION.on), true));
    if (clear) return undefined;
    const secure = new tls.TLSSocket(new Handshake(socket), {
      isServer: true,
      secureContext: tls.createSecureContext({ cert: certificates.certificate, key: certificates.key }),
    });
    secure.on('error', () => socket.destroy());
    stream = secure;
    readMessages(secure, take);
    return 'taken over';
  });
}

/** Puts packets together into messages, until whoever takes them takes the stream over. */
function readMessages(stream: Duplex, take: (type: number, payload: Buffer) => unknown): void {
  let bytes = Buffer.alloc(0);
  let message: Buffer[] = [];
  const read = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= HEADER && bytes.length >= bytes.readUInt16BE(2)) {
      const length = bytes.readUInt16BE(2);
      message.push(bytes.subarray(HEADER, length));
      const [type = 0, status = 0] = bytes;
      bytes = bytes.subarray(length);
      if ((status & 1) === 0) continue;
      const whole = Buffer.concat(message);
      message = [];
      if (take(type, whole) === 'taken over') stream.removeListener('data', read);
    }
  };
  stream.on('data', read);
}

/** Version 16 and the encryption; each option says where its data begin and how long they are (2.2.6.5). */
const prelogin = (encryption: number): Buffer =>
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 16, 0, 0, 0, encryption]);

/** A header of eight bytes: type, status, length, process, number, window (2.2.3.1). */
function packets(type: number, payload: Buffer, last: boolean): Buffer {
  const parts: Buffer[] = [];
  for (let from = 0; from === 0 || from < payload.length; from += LARGEST - HEADER) {
    const part = payload.subarray(from, from + LARGEST - HEADER);
    const end = last && from + LARGEST - HEADER >= payload.length;
    parts.push(
      Buffer.from([type, end ? 1 : 0, (part.length + HEADER) >> 8, (part.length + HEADER) & 0xff, 0, 0, 1, 0]),
      part,
    );
  }
  return Buffer.concat(parts);
}

async function write(stream: Duplex, bytes: Buffer): Promise<void> {
  if (stream.destroyed || stream.write(bytes)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const event of ['drain', 'close']) stream.once(event, resolve);
  await promise;
  for (const event of ['drain', 'close']) stream.removeListener(event, resolve);
}

/** The bytes of TLS: inside of PRELOGIN packets until the client sends its first record of data, bare from then on (2.2.6.5). */
class Handshake extends Duplex {
  readonly #socket: net.Socket;
  #bare = false;
  #bytes = Buffer.alloc(0);

  constructor(socket: net.Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('close', () => this.destroy());
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (!this.#bare && this.#bytes.length >= HEADER) {
      this.#bare = this.#bytes[0] !== PACKET.prelogin;
      const length = this.#bytes.readUInt16BE(2);
      if (this.#bare || this.#bytes.length < length) break;
      this.push(this.#bytes.subarray(HEADER, length));
      this.#bytes = this.#bytes.subarray(length);
    }
    if (!this.#bare || this.#bytes.length === 0) return;
    this.push(this.#bytes);
    this.#bytes = Buffer.alloc(0);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: string, callback: (error?: Error | null) => void): void {
    const sent = this.#bare ? chunk : packets(PACKET.prelogin, chunk, true);
    if (this.#socket.write(sent)) callback();
    else this.#socket.once('drain', () => callback());
  }
}

/** A login that the server refuses (error 18456). */
export const REFUSED = error({ number: 18456, message: "Login failed for user 'app'.", severity: 14 });
