import { openDiscoverer } from '../../../../frontend/src/features/explorer/discoverer.ts';
import { type Discovery, NOTHING_FOUND } from '../../../../frontend/src/features/explorer/discovery.ts';
import { resource } from '../workbench/demo.ts';

const record = (name: string, region = name) => ({
  ...{ type: 'resources', service: 'rds', region, status: 'ok', resources: [resource(name, { region })] },
});
const END = { type: 'end', elapsedMs: 1 };
const bytes = (...records: object[]) =>
  new TextEncoder().encode(records.map((one) => `${JSON.stringify(one)}\n`).join(''));
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

/** A stream that a test feeds, frames that it turns, and the names that were seen after each change. */
function discoverer() {
  const feed = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 10 });
  const writer = feed.writable.getWriter();
  globalThis.fetch = async () => new Response(feed.readable);
  const frames: (() => void)[] = [];
  const seen: string[][] = [];
  let now: Discovery = NOTHING_FOUND;
  const discover = openDiscoverer({
    put(change) {
      now = change(now);
      seen.push(now.resources.map(({ name }) => name));
    },
    schedule: (task) => frames.push(task),
  });
  return { discover, writer, frames, seen, state: () => now.state };
}

describe('what a stream brings', () => {
  const { fetch } = globalThis;
  beforeEach(() => void Object.assign(globalThis, { location: { origin: 'http://lodge.test' } }));
  afterEach(() => {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, 'location');
  });

  it('within a frame is put at once, with the frame', async () => {
    const { discover, writer, frames, seen } = discoverer();
    const done = discover(['a', 'b']);
    await writer.write(bytes(record('a'), record('b')));
    await settled();
    expect([seen, frames.length]).toEqual([[[]], 1]);
    frames[0]?.();
    expect(seen).toEqual([[], ['a', 'b']]);
    await writer.close();
    await done;
  });

  it('last is put before the end, whether a frame comes or not', async () => {
    const { discover, writer, seen, state } = discoverer();
    const done = discover(['a']);
    await writer.write(bytes(record('a'), END));
    await writer.close();
    await done;
    expect([seen.at(-1), state()]).toEqual([['a'], 'complete']);
  });

  it('is kept where the stream breaks', async () => {
    const { discover, writer, seen, state } = discoverer();
    const done = discover(['a']);
    await writer.write(bytes(record('a')));
    await settled();
    await writer.abort(new Error('the network is gone'));
    await done;
    expect([seen.at(-1), state()]).toEqual([['a'], 'failed']);
  });

  it('is forgotten once another look has begun', async () => {
    const { discover, writer, frames, seen } = discoverer();
    void discover(['a']);
    await writer.write(bytes(record('a')));
    await settled();
    globalThis.fetch = async () => new Response(bytes(record('new'), END));
    await discover(['a']);
    for (const frame of frames) frame();
    expect(seen.at(-1)).toEqual(['new']);
  });
});
