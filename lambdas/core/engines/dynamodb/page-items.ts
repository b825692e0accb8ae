/**
 * The items of a page as bytes. The SDK makes objects of them, dozens for an item, which are garbage at once: many times the
 * bytes that came, and most of the time that reading takes. It signs, tries again, and reads what else a page says.
 */
import { freeBytes } from '../../free-bytes.ts';
import type { Item } from './attributes.ts';
import { ARRAY, eachPart, endOfString, endOfValue, OBJECT, skipSpace, valueBehind } from './json-bytes.ts';

/** What the SDK's stack hands on below its own reading of answers. */
interface Answered {
  response: unknown;
}
type Answering = (args: never) => Promise<Answered>;

/** A command that answers with items. */
export interface ReadingCommand {
  readonly middlewareStack: {
    add(between: (next: Answering) => Answering, options: { step: 'deserialize'; priority: 'low' }): void;
  };
}

interface Response {
  readonly statusCode: number;
  body: AsyncIterable<Buffer> | Buffer;
}

/** What a page held, once its command has been answered. */
export interface PageItems {
  /** They share their memory: whoever reads the last of them frees it. */
  items: readonly Item[];
  bytes: Buffer;
}

/** Keeps the items of a command's answer from the SDK, which finds none. Errors are left to it. */
export function keepItems(command: ReadingCommand): PageItems {
  const kept: PageItems = { items: [], bytes: Buffer.alloc(0) };
  const between = (next: Answering) => async (args: never) => {
    const answered = await next(args);
    const response = answered.response as Response;
    if (response.statusCode >= 300) return answered;
    kept.bytes = await collect(response.body);
    const { items, rest } = takeItems(kept.bytes);
    kept.items = items;
    response.body = rest;
    return answered;
  };
  command.middlewareStack.add(between, { step: 'deserialize', priority: 'low' });
  return kept;
}

async function collect(body: Response['body']): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  for (const piece of pieces) freeBytes(piece);
  return whole;
}

const NONE = Buffer.from('[]');

/** A page's items, and the page without them. Throws SyntaxError for what is no JSON. */
export function takeItems(page: Buffer): { readonly items: Item[]; readonly rest: Buffer } {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const items: Item[] = [];
  let rest = page;
  eachPart(page, skipSpace(page, 0), OBJECT, (at) => {
    const behind = endOfString(page, at);
    const value = valueBehind(page, behind);
    if (page.toString('latin1', at + 1, behind - 1) !== 'Items') return endOfValue(page, value);
    const end = eachPart(page, value, ARRAY, (from) => {
      const to = endOfValue(page, from);
      items.push({ bytes: page, view, from, to });
      return to;
    });
    rest = Buffer.concat([page.subarray(0, value), NONE, page.subarray(end)]);
    return end;
  });
  return { items, rest };
}
