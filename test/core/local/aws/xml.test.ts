import { toXml } from '#core/local/aws/xml.ts';

test('elements come in order, with numbers and booleans as text', () => {
  expect(toXml({ A: { B: 'text', C: 1, D: false } })).toBe('<A><B>text</B><C>1</C><D>false</D></A>');
});

test('a list repeats its element, and an empty one leaves only what is around it', () => {
  expect(toXml({ Tags: { Tag: [{ Key: 'a' }, { Key: 'b' }] } })).toBe(
    '<Tags><Tag><Key>a</Key></Tag><Tag><Key>b</Key></Tag></Tags>',
  );
  expect(toXml({ Tags: { Tag: [] } })).toBe('<Tags></Tags>');
});

test('what is undefined is left out', () => {
  expect(toXml({ Marker: undefined, A: '' })).toBe('<A></A>');
});

test('no text can become markup', () => {
  expect(toXml({ A: `<b a="1">'&'</b>` })).not.toMatch(/<b|"|'|&(?!#\d+;)/);
});
