import fc from 'fast-check';
import { mongoParameters } from '#contract/mongo/parameters.ts';

const names = (text: string): string =>
  mongoParameters(text)
    .map(({ name }) => name)
    .join(' ');

describe("finding parameters in the shell's notation", () => {
  it.each<[string, string, string]>([
    ['finds those that are values', 'db.a.find({ b: :c, d: { $gt: :e } })', 'c e'],
    ['finds those in lists and calls', 'db.a.find(:b).limit(:c); db.a.find({ d: { $in: [:e, :f] } })', 'b c e f'],
    ['takes a key for none, however tightly its value follows', '{a:true, b:c, "d":null, e:/f/, 1:g}', ''],
    ['finds one right behind the colon of its key', '{a::b, "c"::d}', 'b d'],
    ['takes none in text, comments and regular expressions', '{a: ":b", c: \':d\', e: /:f/} // :g\n/* :h */', ''],
    ['finds one behind comments and line breaks', '{a: // b\n/* c */ :d}', 'd'],
    ['takes what is not a name for none', '{a: :1, b: : c, d: :é, e: :$f}', ''],
  ])('%s', (_, text, found) => {
    expect(names(text)).toBe(found);
  });

  it('says where each stands, with its colon', () => {
    expect(mongoParameters('{a: :b}')).toEqual([{ name: 'b', from: 4, to: 6 }]);
  });

  it('gives places in order that hold a colon and the name, whatever it reads', () => {
    const piece = fc.constantFrom(':', ':a', 'a', '{', '}', '[', ',', ' ', '\n', '"', "'", '/', '//', '/*', '(', '1');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { name, from, to } of mongoParameters(text)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(text.slice(from, to)).toBe(`:${name}`);
          last = to;
        }
      }),
    );
  });
});
