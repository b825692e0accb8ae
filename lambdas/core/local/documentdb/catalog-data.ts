/** The demo's documents: products, their reviews, and what visitors of a shop did. The same at each making. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Binary, type Document, Double, Int32, Long, MongoClient, ObjectId } from 'mongodb';
import type { Program } from './programs.ts';
import { type DocumentServer, startServer } from './start-server.ts';

/** To be raised when the data change: a folder with other ones is made anew. FerretDB 1.24 stores no Decimal128. */
const MADE = 'catalog 2';
export interface Sizes {
  readonly products: number;
  readonly reviews: number;
  readonly events: number;
}
const SIZES: Sizes = { products: 1_000, reviews: 5_000, events: 14_000 };

/** No more of anything than `most`, and a tenth of it of products: whoever wants a small account waits for none of this. */
export const sizesOf = (most: number): Sizes => ({
  products: Math.min(SIZES.products, Math.ceil(most / 10)),
  reviews: Math.min(SIZES.reviews, most),
  events: Math.min(SIZES.events, most),
});

/** Starts the server on the data of `folder`, and makes them where they are missing, half made, or of another kind. */
export const startCatalog = async (folder: string, program: Program, sizes: Sizes): Promise<DocumentServer> => {
  const data = resolve(folder, 'documentdb');
  const madeFile = resolve(folder, 'documentdb.made');
  const made = `${MADE} ${program.kind} ${Object.values(sizes).join(' ')}`;
  const isMade = (await readFile(madeFile, 'utf8').catch(() => '')) === made;
  if (!isMade) {
    await rm(madeFile, { force: true });
    await rm(data, { recursive: true, force: true });
  }
  const server = await startServer(program, data);
  if (isMade) return server;
  try {
    await fill(server, sizes);
    await writeFile(madeFile, made);
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
};

const BATCH = 2_000;

const fill = async ({ uri }: DocumentServer, sizes: Sizes): Promise<void> => {
  const client = new MongoClient(uri);
  try {
    const db = client.db('catalog');
    for (const [name, make] of Object.entries(MAKES)) {
      const count = sizes[name as keyof Sizes];
      for (let from = 0; from < count; from += BATCH) {
        const length = Math.min(BATCH, count - from);
        await db.collection(name).insertMany(Array.from({ length }, (_, at) => make(from + at, sizes)));
      }
    }
    await db.collection('products').createIndex({ sku: 1 }, { unique: true });
    await db.collection('reviews').createIndex({ product: 1, at: -1 });
    await db.collection('events').createIndex({ at: 1 });
  } finally {
    await client.close();
  }
};

/** A number from 0 to `below` that only looks like chance: products of large odd numbers, as in hashing. */
const pick = (at: number, salt: number, below: number): number => {
  let mixed = Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae3d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
};
const of = <T>(values: readonly T[], at: number, salt: number): T => values[pick(at, salt, values.length)] as T;

const THINGS = ['Lamp', 'Chair', 'Desk', 'Shelf', 'Kettle', 'Teapot', 'Blanket', 'Mirror', 'Clock', 'Basket'];
const MATERIALS = ['oak', 'ash', 'steel', 'brass', 'linen', 'wool', 'glass', 'clay'];
const COLOURS = ['white', 'black', 'green', 'ochre', 'blue', 'natural'];
const MAKERS = ['Nordlys', 'Atelier Süd', 'Casa Ría', 'Ōkami', 'Brückner & Töchter'];
const WORDS = [
  'sturdy',
  'pretty',
  'too small',
  'as described',
  'arrived late',
  'a gift',
  'lovely grain',
  'wobbles',
  'quiet',
  'worth it',
];
const PLACES: readonly [string, number, number][] = [
  ['Hamburg', 9.99, 53.55],
  ['Kraków', 19.94, 50.06],
  ['Lyon', 4.84, 45.76],
  ['Bilbao', -2.93, 43.26],
];
const BEGIN = Date.UTC(2025, 0, 1);
const YEAR_MINUTES = 525_600;
const moment = (at: number, salt: number): Date => new Date(BEGIN + pick(at, salt, YEAR_MINUTES) * 60_000);
const idOf = (kind: number, at: number): ObjectId =>
  new ObjectId(`67748580${kind.toString(16).padStart(2, '0')}${at.toString(16).padStart(14, '0')}`);

const product = (at: number): Document => {
  const material = of(MATERIALS, at, 1);
  const thing = of(THINGS, at, 2);
  const hasDiscount = pick(at, 3, 4) === 0;
  return {
    _id: idOf(1, at),
    sku: `${thing.slice(0, 2).toUpperCase()}-${String(at).padStart(5, '0')}`,
    name: `${thing} of ${material}`,
    maker: of(MAKERS, at, 4),
    price: {
      amount: new Double((900 + pick(at, 5, 40_000)) / 100),
      currency: 'EUR',
      ...(hasDiscount && { discount: new Int32(5 * (1 + pick(at, 6, 6))) }),
    },
    stock: new Int32(pick(at, 7, 500)),
    barcode: Long.fromString(`40${String(10_000_000_000 + pick(at, 8, 1_000_000_000))}`),
    colours: COLOURS.filter((_, colour) => pick(at, 10 + colour, 3) === 0),
    dimensions: {
      width: new Double(10.5 + pick(at, 20, 150)),
      height: new Double(5.25 + pick(at, 21, 200)),
      unit: 'cm',
    },
    variants: Array.from({ length: pick(at, 22, 4) }, (_, variant) => ({
      colour: of(COLOURS, at + variant, 23),
      stock: new Int32(pick(at + variant, 24, 90)),
    })),
    thumbnail: new Binary(Buffer.from([0x89, 0x50, 0x4e, 0x47, at & 0xff])),
    madeAt: moment(at, 25),
    ...(pick(at, 26, 9) === 0 && { retired: true, retiredBecause: null }),
  };
};

const review = (at: number, { products }: Sizes): Document => ({
  _id: idOf(2, at),
  product: idOf(1, pick(at, 31, products)),
  stars: new Int32(1 + pick(at, 32, 5)),
  text: `${of(WORDS, at, 33)}, ${of(WORDS, at, 34)}`,
  author: { name: `visitor ${pick(at, 35, 5_000)}`, verified: pick(at, 36, 3) > 0 },
  votes: { helpful: new Int32(pick(at, 37, 40)), total: new Int32(40 + pick(at, 38, 40)) },
  at: moment(at, 39),
  ...(pick(at, 40, 12) === 0 && { reply: { by: of(MAKERS, at, 41), text: 'Thank you for writing to us.' } }),
});

const KINDS = ['view', 'search', 'add to basket', 'buy'];
const event = (at: number, { products }: Sizes): Document => {
  const [city, longitude, latitude] = of(PLACES, at, 51);
  const kind = of(KINDS, at, 52);
  return {
    _id: idOf(3, at),
    kind,
    session: Long.fromNumber(1_000_000_000_000 + pick(at, 53, 900_000_000)),
    at: new Date(BEGIN + at * 390_000),
    ...(kind === 'search' ? { query: of(THINGS, at, 54).toLowerCase() } : { product: idOf(1, pick(at, 55, products)) }),
    place: { city, location: { type: 'Point', coordinates: [new Double(longitude), new Double(latitude)] } },
  };
};

const MAKES: Readonly<Record<keyof Sizes, (at: number, sizes: Sizes) => Document>> = {
  products: product,
  reviews: review,
  events: event,
};
