import fc from 'fast-check';
import { SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';

const split = (script: string, dialect: keyof typeof SQL_DIALECTS = 'postgres'): string[] =>
  splitStatements(script, SQL_DIALECTS[dialect]).map(({ from, to }) => script.slice(from, to));

describe('splitting a script', () => {
  it.each<[string, string, string[]]>([
    ['gives each statement without its semicolon', 'select 1; select 2;', ['select 1', 'select 2']],
    ['takes a last statement without a semicolon', 'select 1;\n  select 2 \n', ['select 1', 'select 2']],
    ['skips empty statements', ' ; ;; select 1;;\n;', ['select 1']],
    ['finds no statement in comments alone', '-- nothing;\n/* here; */ ;', []],
    [
      'keeps comments before a statement, which may hold hints',
      '/*+ Leading(a) */ select 1',
      ['/*+ Leading(a) */ select 1'],
    ],
    ['leaves comments after a statement', 'select 1 -- one\n; select 2 /* two */', ['select 1', 'select 2']],
    ['passes semicolons in text', `select ';', 'it''s;'; select 2`, [`select ';', 'it''s;'`, 'select 2']],
    ['passes semicolons in quoted names', `select ";", "a"";" ; select 2`, [`select ";", "a"";"`, 'select 2']],
    ['takes a backslash as a character in plain text', `select '\\'; select 2`, [`select '\\'`, 'select 2']],
    ['takes a backslash as an escape in E text', `select E'\\';'; select 2`, [`select E'\\';'`, 'select 2']],
    ['takes no longer word as the prefix of E text', `select type'\\'; select 2`, [`select type'\\'`, 'select 2']],
    ['passes semicolons in line comments', 'select 1 -- ;\n+ 1; select 2', ['select 1 -- ;\n+ 1', 'select 2']],
    ['nests comments', 'select /* /* ; */ ; */ 1; select 2', ['select /* /* ; */ ; */ 1', 'select 2']],
    [
      'passes dollar quotes',
      'select $$;$$; select $a$ $b$;$b$ $a$; x',
      ['select $$;$$', 'select $a$ $b$;$b$ $a$', 'x'],
    ],
    ['takes a parameter for no dollar quote', 'select $1; select $2', ['select $1', 'select $2']],
    ['takes a dollar inside a name for no quote', 'select a$b$; select c$b$', ['select a$b$', 'select c$b$']],
    ['takes tags above ASCII', 'select $é$;$é$; x', ['select $é$;$é$', 'x']],
    ['lets text without an end go on to the end', `select 1; select '; x`, ['select 1', `select '; x`]],
    ['lets a comment without an end be one', 'select 1; /* ; x', ['select 1']],
  ])('%s', (_, script, statements) => {
    expect(split(script)).toEqual(statements);
  });

  it('keeps the body of a SQL function together', () => {
    const body = `create or replace function f(x int) returns int begin atomic
      select case when x > 0 then 1 else 2 end; select 1 as end; select t.end from t; end`;
    expect(split(`${body}; select 2`)).toEqual([body, 'select 2']);
  });

  it('takes BEGIN outside of a function for a statement', () => {
    expect(split('begin; select 1; end; begin atomic; x')).toEqual(['begin', 'select 1', 'end', 'begin atomic', 'x']);
  });

  it('keeps the actions of a rule together', () => {
    const rule = 'create rule r as on insert to t do also (insert into a values (1); insert into b values (2))';
    expect(split(`${rule}; select 2`)).toEqual([rule, 'select 2']);
  });

  it('loses one statement only where a parenthesis is left open', () => {
    expect(split('select (1; select 2')).toEqual(['select (1', 'select 2']);
  });

  it.each<[string, string, string[]]>([
    [
      'keeps a procedure together',
      `create procedure p() begin if 1 then select case when 1 then 2 end; end if; while 0 do select 1; end while; end; x`,
      [
        `create procedure p() begin if 1 then select case when 1 then 2 end; end if; while 0 do select 1; end while; end`,
        'x',
      ],
    ],
    [
      'keeps a trigger together whose body is one statement, and ends it',
      'create trigger t before insert on a for each row set new.x = case when 1 then 2 end; select 1',
      ['create trigger t before insert on a for each row set new.x = case when 1 then 2 end', 'select 1'],
    ],
    [
      'keeps a nested body and a CASE statement together',
      'create function f() returns int begin case 1 when 1 then begin select 1; end; end case; return 1; end; x',
      ['create function f() returns int begin case 1 when 1 then begin select 1; end; end case; return 1; end', 'x'],
    ],
    [
      'keeps an anonymous body together',
      'begin not atomic select 1; select 2; end; x',
      ['begin not atomic select 1; select 2; end', 'x'],
    ],
    ['takes BEGIN for a statement', 'begin; select 1; commit', ['begin', 'select 1', 'commit']],
    [
      'follows DELIMITER',
      'select 1;\ndelimiter //\nselect 2; select 3 //\nDELIMITER ;\nselect 4; x',
      ['select 1', 'select 2; select 3 ', 'select 4', 'x'].map((each) => each.trim()),
    ],
    [
      'ends a word at a delimiter of dollars',
      'delimiter $$\ncreate procedure p() begin select 1; end$$\nselect 2$$',
      ['create procedure p() begin select 1; end', 'select 2'],
    ],
    ['reads two dashes without a space as a sum', 'select 5--1; x -- ;\n; y', ['select 5--1', 'x', 'y']],
    ['takes a delimiter without a word for a statement', 'delimiter', ['delimiter']],
  ])('%s in MySQL', (_, script, statements) => {
    expect(split(script, 'mysql')).toEqual(statements);
  });

  it('knows how MySQL quotes and comments', () => {
    expect(split(`select '\\';', \`;\` # ;\n; select "a\\";"`, 'mysql')).toEqual([
      `select '\\';', \`;\``,
      'select "a\\";"',
    ]);
    expect(split('select /* /* */ 1; select $$;$$', 'mysql')).toEqual(['select /* /* */ 1', 'select $$', '$$']);
  });

  it('takes a backslash for an escape in the texts of Redshift, and not in its names', () => {
    expect(split(`select 'a\\';b', "c\\"; select 2`, 'redshift')).toEqual([`select 'a\\';b', "c\\"`, 'select 2']);
  });

  it('knows that Redshift has no atomic bodies', () => {
    expect(split('create procedure p() begin atomic; x', 'redshift')).toEqual([
      'create procedure p() begin atomic',
      'x',
    ]);
  });

  const piece = fc.constantFrom(
    ...[
      'select',
      ' ',
      '\n',
      ';',
      "'",
      '"',
      '$',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '(',
      ')',
      'E',
      '\\',
      'a',
      '1',
      'é',
      '😀',
    ],
    ...['create function ', 'begin atomic ', 'case ', 'end '],
  );
  const scripts = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  it('gives ranges that are in order, apart, and begin and end with something', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        let last = 0;
        for (const { from, to } of splitStatements(script, SQL_DIALECTS.postgres)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(script.slice(from, to)).toBe(script.slice(from, to).replace(/^[ \n]+/, ''));
          last = to;
        }
        expect(last).toBeLessThanOrEqual(script.length);
      }),
    );
  });

  it('leaves nothing but semicolons, white space and comments between the ranges', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        let between = '';
        let last = 0;
        for (const { from, to } of splitStatements(script, SQL_DIALECTS.postgres)) {
          between += script.slice(last, from);
          last = to;
        }
        between += script.slice(last);
        const left = between.replace(/--[^\n]*(\n|$)/g, '').replace(/\/\*.*/gs, '');
        expect(left).toMatch(/^[;\s]*$/);
      }),
    );
  });

  it('finds each of many statements again, whatever text they hold', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => `select '${value.replaceAll("'", "''")}'`);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (statements) => {
        expect(split(statements.join(' ;\n'))).toEqual(statements);
      }),
    );
  });

  it('reads a megabyte of what looks like the beginning of everything', () => {
    const worst = ['/*', '$a', "'a''", '$a$b', '(', 'create function begin atomic ', '\\E', '--'];
    for (const each of worst) expect(split(each.repeat(1_000_000 / each.length)).length).toBeLessThanOrEqual(1);
  });
});

describe("splitting SQL Server's batches", () => {
  it.each<[string, string, string[]]>([
    [
      'ends a batch at GO alone: its variables live as long',
      'declare @x int = 1; select @x;\nGO\nselect 2\n go -- so far\nselect 3',
      ['declare @x int = 1; select @x;', 'select 2', 'select 3'],
    ],
    ['takes GO in a line with others for a word', 'select 1 go\ngo 5\nselect 2', ['select 1 go\ngo 5\nselect 2']],
    ['takes GO in text and comments for text', `select '\ngo\n' /*\ngo\n*/ x`, [`select '\ngo\n' /*\ngo\n*/ x`]],
    ['passes quotes in bracketed names', `select [it's]]"]\ngo\nselect 2`, [`select [it's]]"]`, 'select 2']],
    ['lets a bracket without an end go on to the end', 'select [a]]\ngo\nx', ['select [a]]\ngo\nx']],
    ['finds no batch in semicolons and separators', 'GO\r\n--\nGo\r\nselect 1\r\nGO', ['select 1']],
  ])('%s', (_, script, batches) => {
    expect(split(script, 'tsql')).toEqual(batches);
  });
});

describe("splitting Oracle's statements", () => {
  const block = 'begin\n  update t set a = 1;\n  if x then y; end if;\nend;';
  it.each<[string, string, string[]]>([
    [
      'ends statements at semicolons',
      'select 1 from dual; select 2 from dual',
      ['select 1 from dual', 'select 2 from dual'],
    ],
    [
      'ends a block at a slash alone, with its semicolon',
      `${block}\n/\nselect 1 from dual;`,
      [block, 'select 1 from dual'],
    ],
    ['takes a declaration for a block', `declare x int; ${block}\n /\ny`, [`declare x int; ${block}`, 'y']],
    [
      'keeps what is created in PL/SQL together',
      'create or replace editionable package body p as procedure q is begin null; end; end;\n/\nx',
      ['create or replace editionable package body p as procedure q is begin null; end; end;', 'x'],
    ],
    [
      'ends what else is created',
      'create table type (a int); create view v as select 1 from dual; x',
      ['create table type (a int)', 'create view v as select 1 from dual', 'x'],
    ],
    ['runs nothing again at a slash behind a semicolon', 'select 1 from dual;\n/\n', ['select 1 from dual']],
    [
      'ends a statement at a slash',
      'select 1 from dual\n/\nselect 4 / 2 from dual',
      ['select 1 from dual', 'select 4 / 2 from dual'],
    ],
    [
      'knows alternative quotes',
      `select q'[it's;]', nQ'!;'a!' from dual; x`,
      [`select q'[it's;]', nQ'!;'a!' from dual`, 'x'],
    ],
    ['knows the alias q', `select a.q from b; select 'q' from c`, ['select a.q from b', `select 'q' from c`]],
  ])('%s', (_, script, statements) => {
    expect(split(script, 'oracle')).toEqual(statements);
  });
});

describe("splitting DynamoDB's statements", () => {
  it.each([
    [`SELECT * FROM "a;b" WHERE c = 'd;''e'; SELECT 1`, [`SELECT * FROM "a;b" WHERE c = 'd;''e'`, 'SELECT 1']],
    ['SELECT 1 -- one; two\n; /* three; */ SELECT 2', ['SELECT 1', '/* three; */ SELECT 2']],
    [`INSERT INTO t VALUE {'a': '\\'}; SELECT 1`, [`INSERT INTO t VALUE {'a': '\\'}`, 'SELECT 1']],
    ['QUERY {"a": "b\\";c"}; SCAN {"d": "$$;"}', ['QUERY {"a": "b\\";c"}', 'SCAN {"d": "$$;"}']],
    [`SCAN {"a": "it's; fine"}; SELECT 1`, [`SCAN {"a": "it's; fine"}`, 'SELECT 1']],
  ])('%s', (script, statements) => {
    expect(split(script, 'partiql')).toEqual(statements);
  });
});
