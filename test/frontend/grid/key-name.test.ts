import { keyName } from '../../../frontend/src/grid/key-name.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test.each([
  [press('ArrowDown'), 'ArrowDown'],
  [press('C', { ctrlKey: true }), 'Mod+c'],
  [press('c', { metaKey: true }), 'Mod+c'],
  [press('End', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+End'],
  [press('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft'],
])('%s is written %s', (name, expected) => {
  expect(name).toBe(expected);
});
