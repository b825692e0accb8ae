import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { nameSource } from '../../../frontend/src/editor/complete-names.ts';
import { NameIndex } from '../../../frontend/src/editor/name-index.ts';

const index = new NameIndex({
  types: ['int8', 'text'],
  tables: [
    ['public', 'orders', 'table', ['id', 0, 'note', 1]],
    ['public', 'customers', 'table', ['id', 0, 'name', 1]],
  ],
});

/** Asks at the `|`. */
function complete(
  marked: string,
  { explicit = false, names = index }: { explicit?: boolean; names?: NameIndex | undefined } = {},
) {
  const state = EditorState.create({ doc: marked.replace('|', '') });
  return nameSource('postgres', () => names)(new CompletionContext(state, marked.indexOf('|'), explicit));
}

const labels = (result: CompletionResult | null) => result?.options.map(({ label }) => label) ?? [];

test('names of the statement under the cursor are offered, at their place in the text', () => {
  const result = complete('select 1;\nselect o.n| from orders o;\nselect 2');
  expect(labels(result)).toEqual(['note']);
  expect(result?.from).toBe(19);
  expect(result?.filter).toBe(false);
});

test('unasked, a list opens once a name has begun, or behind a dot', () => {
  expect(complete('select * from |')).toBeNull();
  expect(labels(complete('select * from |', { explicit: true }))).toContain('orders');
  expect(labels(complete('select * from o|'))[0]).toBe('orders');
  expect(labels(complete('select o.| from orders o'))).toEqual(['id', 'note']);
});

test('a name that is there already is not offered again', () => {
  expect(complete('select * from customers|')).toBeNull();
});

test('another statement is not looked at', () => {
  expect(labels(complete('select * from orders o; select o.|'))).toEqual([]);
});

const EMPTY = new NameIndex({ types: [], tables: [] });

test('without names, keywords are offered', () => {
  const [first] = labels(complete('sel|', { names: EMPTY }));
  expect(first).toBe('select');
});
