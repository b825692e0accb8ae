import fc from 'fast-check';
import { sqlParameters } from '#contract/sql/parameters.ts';
import { SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';

type Name = keyof typeof SQL_DIALECTS;
const names = (text: string, dialect: Name = 'postgres'): string =>
  sqlParameters(text, SQL_DIALECTS[dialect])
    .map(({ name }) => name)
    .join(' ');

describe('finding parameters in SQL', () => {
  it.each<[string, string, string]>([
    ['finds each use', 'select :a, :b_2 where x=:a and y>:_c', 'a b_2 a _c'],
    ['finds one at the beginning and at the end', ':a', 'a'],
    ['finds those in parentheses and lists', 'f(:a,:b) in (:c)', 'a b c'],
    ['finds those behind a word, a number and a parenthesis', 'select top 10 :a, distinct on (x) :b', 'a b'],
    ['takes a cast for none', 'select x::int, 1::text, f(x)::date', ''],
    ['finds one that is cast', 'select :a::int, cast(:b as date)', 'a b'],
    ['takes an assignment for none', 'a := 1; b:=:c; f(a := :d)', 'c d'],
    ['takes none in text', `select ':a', ':b it''s :c', e'\\' :d'`, ''],
    ['takes none in quoted names', 'select ":a" from "b :c"', ''],
    ['takes none in comments', '-- :a\nselect 1 /* :b /* :c */ :d */ + :e', 'e'],
    ['takes none in dollar quotes', 'do $$ :a $$; do $x$ :b $$ :c $x$; select :d', 'd'],
    ['takes slices for none', 'select a[1:2], a[i:j], a[:2], a[1 :j], a[f(1) :j], a[b[1] :j]', ''],
    ['finds those in an array and in a slice', 'select array[:a, :b], x[:c : :d]', 'a b c d'],
    ['takes a time for none', 'set x = 12:30:15, y = 12:30pm', ''],
    ['takes a field of JSON for none', `json_object('k':v, 'l' :v, k:v, f(x):v, 'm': :n)`, 'n'],
    ['takes a label for none', 'again:loop', ''],
    ['takes what is not a name for none', `select :1, :, ::, :é, :aé, :a$, :'a', :"a", : a`, ''],
    ['takes a name for none that is too long', `select :${'a'.repeat(64)}, :${'b'.repeat(63)}`, 'b'.repeat(63)],
    ['finds one between comments and signs', 'select/**/:a/**/,-:b||:c@>:d', 'a b c d'],
  ])('%s', (_, text, found) => {
    expect(names(text)).toBe(found);
  });

  it.each<[Name, string, string]>([
    ['mysql', "set @a:=1, @b := :c; # :d\nselect `:e`, '\\':f', :g -- :h", 'c g'],
    ['redshift', "select 'a\\' :b', :c::date, v.x[0].y", 'c'],
    ['tsql', 'select [:a], [b]:c, top (10) :d, geography::Point(:e, 1, 2)', 'd e'],
    ['oracle', "begin :a := 1; x := :b; if :new.total > :old.total then y(q'[:c]'); end if; end;", 'a b'],
    ['partiql', `INSERT INTO "t" VALUE {'a':b, 'c' : :d, 'e'::f, 'g':true, 'h':[:i, :j]}`, 'd f i j'],
    ['partiql', `QUERY { "table": "t", "key": {"pk"::a, "sk": {"begins_with": ":b"}}, "limit":c }`, 'a'],
    ['partiql', `SELECT * FROM "t"."i" WHERE a=:b AND "c" = :d`, 'b d'],
  ])('knows the colons of %s', (dialect, text, found) => {
    expect(names(text, dialect)).toBe(found);
  });

  it('says where each stands, with its colon', () => {
    const text = "select ':a', :b;";
    expect(sqlParameters(text, SQL_DIALECTS.postgres)).toEqual([{ name: 'b', from: 13, to: 15 }]);
  });

  const dialects = fc.constantFrom(...(Object.keys(SQL_DIALECTS) as Name[]));
  const piece = fc.constantFrom(
    ...[':', '::', ':a', ':b', 'a', '1', ' ', '\n', ';', "'", '"', '`', '$$', '--', '/*', '*/', '[', ']', '(', ')'],
    ...['#', '\\', '.', '=', ',', 'é', '😀', "q'[", 'go', 'select'],
  );
  const scripts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  it('gives places in order, apart, that hold a colon and the name', () => {
    fc.assert(
      fc.property(scripts, dialects, (text, dialect) => {
        let last = 0;
        for (const { name, from, to } of sqlParameters(text, SQL_DIALECTS[dialect])) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(text.slice(from, to)).toBe(`:${name}`);
          last = to;
        }
      }),
    );
  });

  it('finds in a script what it finds in its statements one by one: what is asked for is what is bound', () => {
    fc.assert(
      fc.property(scripts, fc.constantFrom('postgres', 'redshift', 'oracle', 'partiql'), (text, dialect) => {
        const whole = sqlParameters(text, SQL_DIALECTS[dialect]);
        const parts = splitStatements(text, SQL_DIALECTS[dialect]).flatMap(({ from, to }) =>
          sqlParameters(text.slice(from, to), SQL_DIALECTS[dialect]).map((use) => ({
            name: use.name,
            from: use.from + from,
            to: use.to + from,
          })),
        );
        expect(parts).toEqual(whole);
      }),
    );
  });

  it('finds a parameter beside any text, and none within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (quoted, noted) => {
        const text = `'${quoted.replaceAll("'", "''")}:x'`;
        const comment = `/* ${noted.replaceAll(/[/*]/g, '')}:y */`;
        expect(names(`select ${text}, :a ${comment} where ${text} = :b`)).toBe('a b');
      }),
    );
  });

  it('reads a megabyte of what looks like the beginning of everything', () => {
    for (const each of [':', ':a', ' :a', '[:a', "'':", '1:', '/*:', '$a:'])
      expect(() => names(each.repeat(1_000_000 / each.length))).not.toThrow();
  });
});
