/** Scripts made of literals that can be told apart, in every dialect: none of them may be left. */
import fc from 'fast-check';
import { ENGINES, type EngineName } from '#contract/engines.ts';
import { statementText } from '#core/audit/statement-text.ts';

const SEED = 20_261_124;
const redacted = (script: string, engine: EngineName): string =>
  statementText(script, engine, { redactLiterals: true }).statement ?? '';

/** Letters and digits that stand in no script by chance, with what makes trouble around them. */
const marked = fc
  .tuple(
    fc.stringMatching(/^[a-z]{8}$/),
    fc.constantFrom('', "'", '"', '--', '/*', '*/', ';', '\n', ' ', '$$', 'é', '{', '}'),
  )
  .map(([letters, trouble]) => ({ mark: `zq${letters}`, trouble }));
const digits = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);

interface Literal {
  /** What must be gone. */
  readonly mark: string;
  readonly written: string;
}
type Write = (mark: string, trouble: string) => string;

const doubled = (quote: string) => (text: string) => text.replaceAll(quote, quote + quote);
const quoted =
  (open: string, close = "'"): Write =>
  (mark, trouble) =>
    `${open}${doubled(close)(`${trouble}${mark}${trouble}`)}${close}`;
const escaped =
  (open: string, close: string): Write =>
  (mark, trouble) =>
    `${open}${mark}\\${close}${mark}\\\\${trouble.replaceAll(close, '')}${close}`;
const dashes: Write = (mark, trouble) => `-- ${mark}${trouble.replaceAll('\n', '')}\n`;
const block: Write = (mark, trouble) => `/* ${mark}${trouble.replaceAll('*/', '').replaceAll('/*', '')} */`;
const dollars: Write = (mark, trouble) => `$tag$${trouble}${mark}$tag$`;
const json: Write = (mark, trouble) => JSON.stringify(`${mark}${trouble}${mark}`);
const regex: Write = (mark) => `/${mark}[/]\\/${mark}/i`;
const slashes: Write = (mark, trouble) => `// ${mark}${trouble.replaceAll('\n', '')}\n`;

const SQL = [quoted("'"), quoted("N'"), dashes, block];
const POSTGRES = [...SQL, quoted("X'"), quoted("U&'"), dollars];
const WRITES: Record<EngineName, readonly Write[]> = {
  postgres: [...POSTGRES, escaped("E'", "'")],
  dsql: [...POSTGRES, escaped("E'", "'")],
  redshift: [...SQL, escaped("'", "'"), dollars],
  mysql: [quoted("'"), quoted('"', '"'), quoted("_utf8'"), dashes, block, escaped("'", "'"), escaped('"', '"')],
  sqlserver: SQL,
  oracle: [...SQL, (mark) => `q'[${mark}'${mark}]'`, (mark) => `Nq'!${mark}"${mark}!'`],
  dynamodb: [quoted("'"), dashes, block],
  documentdb: [json, (mark) => `'${mark}\\'${mark}'`, (mark) => `\`${mark}\n${mark}\``, regex, slashes, block],
};

const numbers: readonly ((digits: string) => string)[] = [
  (n) => n,
  (n) => `-${n}.${n}`,
  (n) => `${n}e-${n}`,
  (n) => `0x${n}`,
  (n) => `.${n}`,
];

const literal = (engine: EngineName): fc.Arbitrary<Literal> =>
  fc.oneof(
    fc
      .tuple(marked, fc.constantFrom(...WRITES[engine]))
      .map(([{ mark, trouble }, write]) => ({ mark, written: write(mark, trouble) })),
    fc.tuple(digits, fc.constantFrom(...numbers)).map(([mark, write]) => ({ mark, written: write(mark) })),
  );

const scriptOf = (engine: EngineName, literals: readonly Literal[]): string =>
  engine === 'documentdb'
    ? literals.map(({ written }) => `db.orders.find({ name: ${written} \n})`).join(';\n')
    : literals.map(({ written }) => `SELECT name FROM orders WHERE total = ${written}`).join(' ;\n');

describe('with literals redacted', () => {
  test.each(Object.keys(ENGINES) as EngineName[])(
    'no literal of a script of %s is left, and its names are',
    (engine) => {
      const property = fc.property(fc.array(literal(engine), { minLength: 1, maxLength: 6 }), (literals) => {
        const script = scriptOf(engine, literals);
        const left = redacted(script, engine);
        for (const { mark } of literals) expect(left).not.toContain(mark);
        expect(left).toContain('orders');
      });
      fc.assert(property, { numRuns: 200, seed: SEED });
    },
  );

  test.each(Object.keys(ENGINES) as EngineName[])(
    'a script of %s that is broken off anywhere loses them, too',
    (engine) => {
      const property = fc.property(
        fc.array(literal(engine), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (literals, part) => {
          const whole = scriptOf(engine, literals);
          const script = whole.slice(0, Math.floor(whole.length * part));
          const left = redacted(script, engine);
          for (const { mark } of literals) expect(left).not.toContain(mark.slice(0, 6));
        },
      );
      fc.assert(property, { numRuns: 100, seed: SEED });
    },
  );

  test.each<[engine: EngineName, script: string, left: string]>([
    [
      'postgres',
      `SELECT "Name", $1 FROM t1 WHERE a = 'x' AND b IN (1, 2.5)`,
      'SELECT "Name", $1 FROM t1 WHERE a = ? AND b IN (?, ?)',
    ],
    ['mysql', 'SELECT `a b`, "text" FROM t # x\nWHERE c = 5', 'SELECT `a b`, ? FROM t --?\nWHERE c = ?'],
    ['sqlserver', `SELECT [it's], "n" FROM t WHERE a = N'x'`, `SELECT [it's], "n" FROM t WHERE a = N?`],
    ['sqlserver', `SET QUOTED_IDENTIFIER OFF SELECT "text"`, 'SET QUOTED_IDENTIFIER OFF SELECT ?'],
    ['oracle', `SELECT q'[it's]' FROM dual`, 'SELECT ? FROM dual'],
    ['dynamodb', `SELECT * FROM "shop-orders" WHERE pk = 'C#7'`, 'SELECT * FROM "shop-orders" WHERE pk = ?'],
    [
      'dynamodb',
      'QUERY { "table": "orders", "index": "gsi1", "key": { "pk": "C#7", "n": { ">": -1.5e3 } }, "forward": false, "limit": 50 }',
      'QUERY { "table": "orders", "index": "gsi1", "key": { "pk": ?, "n": { ">": ? } }, "forward": false, "limit": ? }',
    ],
    [
      'documentdb',
      `db.getCollection("my orders").find({ name: "x", "a.b": /y/i, n: { $gt: 5 } }).limit(3)`,
      'db.getCollection("my orders").find({ name: ?, "a.b": ?, n: { $gt: ? } }).limit(?)',
    ],
    ['documentdb', `db["orders"].insertOne({ _id: ObjectId('65f') })`, 'db["orders"].insertOne({ _id: ObjectId(?) })'],
  ])('what it does stays readable: %s, %s', (engine, script, left) => {
    expect(redacted(script, engine)).toBe(left);
  });

  test.each<[engine: EngineName, script: string]>([
    ['postgres', String.raw`SELECT 'it\'s hidden', 'and this hidden'`],
    ['mysql', String.raw`SELECT 'C:\' , hidden, 'x'`],
  ])('where a setting of the server decides where a text ends, the rest is left out: %s', (engine, script) => {
    expect(redacted(script, engine)).toBe('SELECT ?');
  });
});

describe('whatever the settings say', () => {
  const kept = (script: string, engine: EngineName) => statementText(script, engine, { redactLiterals: false });

  test('a script stays as it is', () => {
    const script = "SELECT * FROM people WHERE name = 'Maria' -- all of them";
    expect(kept(script, 'postgres')).toEqual({ statement: script, commands: ['SELECT'] });
  });

  test.each<[engine: EngineName, script: string]>([
    ['postgres', "CREATE USER bob WITH ENCRYPTED PASSWORD 'hunter2' VALID UNTIL '2027-01-01'"],
    ['postgres', "ALTER ROLE bob PASSWORD E'hunter2'"],
    ['postgres', "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', password 'hunter2')"],
    ['postgres', "CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2' PUBLICATION p"],
    ['postgres', "SELECT dblink_connect('host=h user=bob hunter2')"],
    ['postgres', "SELECT pgp_sym_encrypt('x', 'hunter2')"],
    ['postgres', "SELECT 'hunter2' AS password"],
    ['postgres', "UPDATE users SET password = 'hunter2' /* was hunter2 */ WHERE id = 5"],
    ['postgres', "SELECT aws_commons.create_aws_credentials('hunter2', 'hunter2', '')"],
    ['redshift', "COPY t FROM 's3://b' CREDENTIALS 'aws_access_key_id=A;aws_secret_access_key=hunter2'"],
    [
      'redshift',
      "UNLOAD ('select 1') TO 's3://b' ACCESS_KEY_ID 'A' SECRET_ACCESS_KEY 'hunter2' SESSION_TOKEN 'hunter2'",
    ],
    ['mysql', "CREATE USER bob IDENTIFIED BY 'hunter2'"],
    ['mysql', 'ALTER USER bob IDENTIFIED WITH caching_sha2_password BY "hunter2" REPLACE "hunter2"'],
    ['mysql', "SET PASSWORD FOR bob = PASSWORD('hunter2')"],
    ['mysql', "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='hunter2'"],
    ['mysql', "CALL mysql.rds_set_external_master('h', 3306, 'repl', 'hunter2', 'f', 1, 0)"],
    ['sqlserver', "CREATE LOGIN bob WITH PASSWORD = N'hunter2' MUST_CHANGE"],
    ['sqlserver', "ALTER LOGIN bob WITH PASSWORD = 'hunter2' OLD_PASSWORD = 'hunter2'"],
    ['sqlserver', "EXEC sp_addlogin 'bob', 'hunter2'"],
    ['sqlserver', "CREATE CREDENTIAL c WITH IDENTITY = 'bob', SECRET = 'hunter2'"],
    ['sqlserver', "OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = 'hunter2'"],
    ['oracle', 'CREATE USER bob IDENTIFIED BY hunter2'],
    ['oracle', 'CREATE USER bob IDENTIFIED BY "hunter2" DEFAULT TABLESPACE users'],
    ['oracle', 'ALTER USER bob IDENTIFIED BY hunter2 REPLACE hunter2'],
    ['oracle', 'GRANT CONNECT TO bob, eve IDENTIFIED BY hunter2, hunter2'],
    ['oracle', "ALTER USER bob IDENTIFIED BY VALUES 'S:hunter2'"],
    ['oracle', "CREATE DATABASE LINK l CONNECT TO bob IDENTIFIED BY hunter2 USING 'x'"],
    ['oracle', 'connect scott/hunter2@sales'],
    ['dynamodb', `INSERT INTO "users" VALUE {'pk': 'bob', 'password': 'hunter2'}`],
    ['dynamodb', 'QUERY { "table": "users", "filter": { "password": "hunter2" } }'],
    ['documentdb', 'db.createUser({ user: "bob", pwd: "hunter2", roles: [] })'],
    ['documentdb', "db.auth('bob', 'hunter2')"],
    ['documentdb', "db.changeUserPassword('bob', `hunter2`)"],
  ])('no password is recorded: %s, %s', (engine, script) => {
    const { statement, redacted: said } = kept(script, engine);
    expect(statement).not.toContain('hunter2');
    expect(said).toBe(true);
  });

  test('nor a key of AWS, in whatever text', () => {
    const script = "SELECT 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI'; -- ASIAIOSFODNN7EXAMPLE";
    expect(kept(script, 'postgres').statement).toBe('SELECT ?; --?');
  });

  test('a hierarchical query of Oracle is no connection', () => {
    const script = 'SELECT 1/2 FROM t\nCONNECT BY PRIOR a/b = c';
    expect(kept(script, 'oracle').statement).toBe(script);
  });
});

describe('a long script', () => {
  test('is cut, and says how long it was', () => {
    const script = `SELECT '${'x'.repeat(60_000)}'`;
    const { statement, statementLength } = statementText(script, 'postgres', { redactLiterals: false });
    expect(statement).toBe(script.slice(0, 50_000));
    expect(statementLength).toBe(script.length);
  });

  test('is never cut in the middle of a character, and its password may stand behind the cut', () => {
    const emoji = `SELECT ${'😀'.repeat(30_000)}`;
    expect(statementText(emoji, 'postgres', { redactLiterals: false }).statement?.isWellFormed()).toBe(true);
    const late = `SELECT 'hunter2', '${'x'.repeat(60_000)}' AS password`;
    expect(statementText(late, 'postgres', { redactLiterals: false }).statement).toBe('SELECT ?, ?');
  });

  test('is read in one pass, whatever it is made of', () => {
    for (const piece of ["'", '"', '-- ', '/*', '$a$', '{"', 'db.', '(', 'a1.', '\\', 'connect x', 'query {1 '])
      for (const engine of Object.keys(ENGINES) as EngineName[])
        expect(redacted(piece.repeat(100_000 / piece.length), engine).length).toBeLessThanOrEqual(50_000);
  }, 60_000);
});

describe('the commands of a script', () => {
  test.each<[engine: EngineName, script: string, commands: string[]]>([
    ['postgres', 'select 1; -- x\n SELECT 2; with a as (select 1) update t set a = 1', ['SELECT', 'WITH']],
    ['mysql', 'DELETE FROM t; DROP TABLE t', ['DELETE', 'DROP']],
    ['dynamodb', 'QUERY { "table": "a" }; SCAN { }; DELETE FROM t', ['QUERY', 'SCAN', 'DELETE']],
    ['documentdb', 'db.a.find({}); db.getCollection("x.y").deleteMany({}); show dbs', ['find', 'deleteMany', 'show']],
    ['postgres', ' -- nothing', []],
  ])('are its first words, each once: %s, %s', (engine, script, commands) => {
    expect(statementText(script, engine, { redactLiterals: false }).commands).toEqual(commands);
  });
});
