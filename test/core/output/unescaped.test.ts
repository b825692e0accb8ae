import fc from 'fast-check';
import { unescaped } from '#core/output/unescaped.ts';

const meant = (escaped: string): string => {
  const source = Buffer.from(`"${escaped}"`);
  const target = Buffer.alloc(source.length);
  return target.toString('utf8', 1, unescaped(source, 1, source.length - 1, target, 1));
};

test('what JSON escapes is what it was before', () => {
  const text = fc.string({ unit: 'binary' }).map((each) => each.toWellFormed());
  fc.assert(fc.property(text, (each) => expect(meant(JSON.stringify(each).slice(1, -1))).toBe(each)));
});

test.each([
  ['\\/\\b\\f\\n\\r\\t\\"\\\\', '/\b\f\n\r\t"\\'],
  ['\\u0041\\u00e9\\u20AC', 'Aé€'],
  ['\\ud83d\\ude00', '😀'],
  ['\\ud83d', '\ufffd'],
  ['\\ude00\\ud83dx', '\ufffd\ufffdx'],
])('%s is %p', (escaped, text) => {
  expect(meant(escaped)).toBe(text);
});
