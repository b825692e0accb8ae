import { StatementPlan } from '#contract/plans.ts';
import type { Connection } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { type DynamoServer, startServer } from './server.ts';

const scan = 'SCAN {"table": "shop-orders"}';

describeWith('java', 'what a statement of DynamoDB will read', () => {
  let server: DynamoServer;
  let connection: Connection;
  beforeAll(async () => {
    server = await startServer();
    connection = await server.connect();
  }, 60_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    server.seen.operations = [];
  });
  const plansOf = async (
    script: string,
    { maxRows, from = connection }: { maxRows?: number; from?: Connection } = {},
  ) => StatementPlan.array().parse(await from.plan?.(script, maxRows));

  it('is told of each by its place, and nothing is read for it but the table’s description', async () => {
    const script = `SELECT * FROM "shop-orders" WHERE pk = 'CUSTOMER#00007';
      QUERY {"table": "shop-orders", "index": "gsi1", "key": {"gsi1pk": "STATUS#paid"}};
      ${scan};
      SELECT * FROM "shop-orders" WHERE pk = 'a' OR sk = 'b';
      INSERT INTO "shop-orders" VALUE {'pk': 'a', 'sk': 'b'}`;
    const plans = await plansOf(script);
    expect(plans.map(({ statement, way }) => [statement, way])).toEqual([
      [0, 'key'],
      [1, 'index'],
      [2, 'scan'],
      [3, 'unsure'],
      [4, 'write'],
    ]);
    expect(plans.map(({ from, to }) => script.slice(from, to).slice(0, 5))).toEqual([
      ...['SELEC', 'QUERY', 'SCAN ', 'SELEC', 'INSER'],
    ]);
    expect(plans.every(({ refusal }) => refusal === undefined)).toBe(true);
    expect(plans[0]?.message).toContain('Reads the table shop-orders by its key pk, out of about 2,000 items (');
    expect(plans[1]?.message).toContain('Reads the index gsi1 of shop-orders by its key gsi1pk');
    expect(plans[2]).toMatchObject({ items: 2_000, bytes: expect.any(Number) });
    expect(plans[2]?.message).toContain('Scans the whole of the table shop-orders: about 2,000 items');
    expect(plans[4]).toEqual({
      ...{ statement: 4, from: expect.any(Number), to: script.length },
      way: 'write',
      message: 'Puts one item into the table shop-orders, by its whole key.',
    });
    expect(new Set(server.seen.operations)).toEqual(new Set(['DescribeTable']));
  });

  it('is less where reading stops early', async () => {
    const [plan] = await plansOf(scan, { maxRows: 100 });
    expect(plan).toMatchObject({ way: 'scan', items: 100 });
    expect(plan?.message).toContain('stops after 100 items');
    const [own] = await plansOf('SCAN {"table": "shop-orders", "limit": 7}');
    expect(own).toMatchObject({ items: 7 });
  });

  it('is refused to readers above the limit, and what they may not do at all', async () => {
    await using reader = await server.connect({ readOnly: true, limits: { items: 1_000 } });
    const script = `${scan}; SELECT * FROM "shop-orders" WHERE pk = 'a'; DELETE FROM "shop-orders" WHERE pk = 'a'`;
    const [whole, key, write] = await plansOf(script, { from: reader });
    expect(whole).toMatchObject({ way: 'scan', refusal: expect.stringContaining('at most 1,000 items') });
    expect(key).not.toHaveProperty('refusal');
    expect(write?.refusal).toContain('Readers may only read');
    const [part] = await plansOf(scan, { from: reader, maxRows: 1_000 });
    expect(part).not.toHaveProperty('refusal');
  });

  it('is refused where it would fail, in the words of the error', async () => {
    const [nowhere, index, half] = await plansOf(
      'SCAN {"table": "nowhere"}; SELECT * FROM "shop-orders"."gsi9"; QUERY {"table": ',
    );
    expect(nowhere).toMatchObject({ way: 'unsure', refusal: 'There is no table nowhere in eu-central-1.' });
    expect(index?.refusal).toBe('The table shop-orders has no index gsi9.');
    expect(half?.refusal).toBeTruthy();
    expect(await plansOf('-- nothing')).toEqual([]);
  });

  it('cannot be told without the permission to describe the table: a reader is stopped then', async () => {
    const keys = server.keysOf('service');
    await using editor = await server.connect({ keys });
    await using reader = await server.connect({ keys, readOnly: true });
    const [free] = await plansOf(scan, { from: editor });
    expect(free).toMatchObject({ way: 'unsure', message: expect.stringContaining('cannot tell') });
    expect(free).not.toHaveProperty('refusal');
    expect((await plansOf(scan, { from: reader }))[0]?.refusal).toContain('dynamodb:DescribeTable');
  });
});
