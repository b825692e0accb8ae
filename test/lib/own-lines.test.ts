import { decode, encode } from '@jridgewell/sourcemap-codec';
import { ownLines } from '../../lib/own-lines.ts';

const sources = ['../node_modules/pg/lib/client.js', '../lambdas/query/handler.ts', '../node_modules/zod/index.js'];

const map = (...line: (readonly number[])[]) => ({
  version: 3,
  sources,
  names: ['theirs', 'ours'],
  mappings: encode([line as never]),
});

describe('the map of a packed function', () => {
  it('keeps where our own lines come from, and the names there', () => {
    const own = ownLines(map([0, 1, 4, 2, 1], [9, 1, 5, 0]));
    expect(own).toMatchObject({ version: 3, sources: ['../lambdas/query/handler.ts'], names: ['ours'] });
    expect(decode(own.mappings)).toEqual([
      [
        [0, 0, 4, 2, 0],
        [9, 0, 5, 0],
      ],
    ]);
  });

  it('says where ours ends, once, and nothing of packages', () => {
    const own = ownLines(map([0, 0, 1, 1, 0], [3, 1, 4, 2], [7, 0, 2, 2], [9, 2, 3, 3], [12, 1, 6, 0]));
    expect(own.sources).toEqual(['../lambdas/query/handler.ts']);
    expect(own.names).toEqual([]);
    expect(decode(own.mappings)).toEqual([[[3, 0, 4, 2], [7], [12, 0, 6, 0]]]);
  });

  it('is empty where all of it is of packages', () => {
    const own = ownLines(map([0, 0, 1, 1], [4, 2, 1, 1]));
    expect(own).toMatchObject({ sources: [], names: [] });
    expect(decode(own.mappings).flat()).toEqual([]);
  });
});
