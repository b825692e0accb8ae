import { DocumentsModel } from '../../../frontend/src/grid/documents-model.ts';
import { GridModel } from '../../../frontend/src/grid/grid-model.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

/** Too long for one line, so it takes some of its own. */
const inner = { b: 'x'.repeat(80), c: 'y'.repeat(80) };
const nested = JSON.stringify({ a: inner });
const long = JSON.stringify({ id: 1, list: Array.from({ length: 80 }, (_, at) => `item ${at}`), last: inner });

function open(...documents: (string | null)[]) {
  const frames: (() => void)[] = [];
  const store = new ResultStore(
    [
      { name: 'n', type: 'int', kind: 'number' },
      { name: '{document}', type: 'Extended JSON', kind: 'json', document: true },
    ],
    (task) => frames.push(task),
  );
  store.append(writeRowsLine({ count: documents.length, values: [documents.map((_, at) => String(at)), documents] }));
  for (const frame of frames) frame();
  const makeWorker = () => {
    throw new Error('There is nothing to sort in this test');
  };
  const grid = new GridModel(store, { dialect: 'mongo', makeWorker });
  return { grid, model: new DocumentsModel(grid, 1) };
}

const textsOf = (model: DocumentsModel, document: number): string[] => {
  const { lines, seen } = model.shown(document);
  return seen.map((line) => lines[line]?.parts.map(({ text }) => text).join('') ?? '');
};

describe('the documents of a result', () => {
  it('stand there as lines, and are as high as those', () => {
    const { model } = open('{"a":1,"b":{"c":true}}', '{}');
    expect(model.count).toBe(2);
    expect(textsOf(model, 0).join('\n')).toContain('true');
    expect(model.height(0) - model.height(1)).toBe(19 * (model.shown(0).seen.length - model.shown(1).seen.length));
  });

  it('are a line each where they are no JSON, or nothing', () => {
    const { model } = open('not JSON', null);
    expect(textsOf(model, 0)).toEqual(['not JSON']);
    expect(textsOf(model, 1)).toEqual(['null']);
  });

  it('are made once, until something is folded', () => {
    const { model } = open(nested);
    const first = model.shown(0);
    expect(model.shown(0)).toBe(first);
    model.toggle(0, 1);
    expect(model.shown(0)).not.toBe(first);
    expect(model.shown(0).seen.length).toBeLessThan(first.seen.length);
    model.toggle(0, 1);
    expect(model.shown(0).seen).toEqual(first.seen);
  });

  it('are folded at first where they are long, save themselves', () => {
    const { model } = open(long, '{"list":[1,2]}');
    const { folded, seen } = model.shown(0);
    expect(folded.size).toBe(2);
    expect(folded.has(0)).toBe(false);
    expect(seen.length).toBeLessThan(10);
    expect(model.shown(1).folded.size).toBe(0);
  });

  it('are unfolded, and folded, as a whole', () => {
    const { model } = open(long);
    const folded = model.shown(0).seen.length;
    model.toggleAll(0);
    expect(model.shown(0).seen.length).toBe(model.shown(0).lines.length);
    model.toggleAll(0);
    expect(model.shown(0).seen.length).toBe(folded);
  });

  it('stay as they were folded where another order shows them, and when many others were looked at', () => {
    const { model, grid } = open(nested, ...Array.from({ length: 500 }, (_, at) => `{"n":${at}}`));
    model.toggle(0, 1);
    const before = model.shown(0).seen;
    for (let document = 1; document <= 500; document += 1) model.shown(document);
    expect(model.shown(0).seen).toEqual(before);
    const { order, ...rest } = grid.state.get();
    expect(order).toBeUndefined();
    grid.state.set({ ...rest, order: { order: Uint32Array.from({ length: 501 }, (_, at) => 500 - at), only: false } });
    expect(model.rowOf(500)).toBe(0);
    expect(model.shown(500).seen).toEqual(before);
    expect(model.text(0)).toBe('{"n":499}');
  });
});
