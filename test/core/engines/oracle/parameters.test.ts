/** What the driver is asked to bind, and the text that it is asked with. */
import oracledb from 'oracledb';
import type { ParameterType } from '#contract/parameters.ts';
import { collect } from '../collect.ts';
import { oracleError, scripted } from './scripted-line.ts';

const TIME = 'YYYY-MM-DD"T"HH24:MI:SS.FF9';

test.each<[ParameterType, string | null, text: string, bound: unknown]>([
  ['text', "'; drop table t --", ':lodge_x', "'; drop table t --"],
  ['integer', '+12345678901234567890', ':lodge_x', 12345678901234567890n],
  ['decimal', '-12.50', '(:lodge_x * 1E-2)', -1250n],
  ['decimal', '.5e10', '(:lodge_x * 1E9)', 5n],
  ['boolean', 'true', ':lodge_x', 1n],
  ['date', '2026-11-24', "TO_DATE(:lodge_x, 'YYYY-MM-DD')", '2026-11-24'],
  ['timestamp', '2026-11-24T13:30Z', `TO_TIMESTAMP_TZ(:lodge_x, '${TIME} TZH:TZM')`, '2026-11-24T13:30:00.0 +00:00'],
  ['timestamp', '2026-11-24T13:30:01.5', `TO_TIMESTAMP(:lodge_x, '${TIME}')`, '2026-11-24T13:30:01.5'],
  ['decimal', null, '(:lodge_x * 1E0)', null],
])('a value of type %s, %s, is %s', async (type, value, text, bound) => {
  const { connection, script } = await scripted([]);
  const parameters = [{ name: 'x', type, value }];
  expect((await collect(connection, "select :x, ':x' from dual", { parameters })).error).toBeUndefined();
  const [asked] = script.asked.slice(-1);
  expect(asked?.text).toBe(`select ${text}, ':x' from dual`);
  const numbers = type === 'text' || type === 'date' || type === 'timestamp' ? 'VARCHAR' : 'NUMBER';
  expect(asked?.binds).toEqual({ lodge_x: { val: bound, type: oracledb[`DB_TYPE_${numbers}`] } });
});

test('each statement has those that it names, once, and nothing that is not declared is bound', async () => {
  const { connection, script } = await scripted([]);
  const parameters = (['a', 'date'] as const).map((name) => ({ name, type: 'text' as const, value: name }));
  await collect(connection, 'select :a, :a, :other from t; select 1 from t; select :date from t', { parameters });
  expect(script.texts()).toEqual([
    'select :lodge_a, :lodge_a, :other from t',
    'select 1 from t',
    'select :lodge_date from t',
  ]);
  expect(script.asked.slice(-3).map(({ binds }) => Object.keys(binds))).toEqual([['lodge_a'], [], ['lodge_date']]);
});

test('an error is told at its place in the text as it was written', async () => {
  const fails = oracleError(
    'ORA-00904',
    'invalid identifier',
    "select TO_DATE(:lodge_a, 'YYYY-MM-DD'), 'é', ".length + 1,
  );
  const { connection } = await scripted([['select', { fails }]]);
  const parameters = [{ name: 'a', type: 'date' as const, value: '2026-11-24' }];
  const { error } = await collect(connection, "select :a, 'é', nonsense from t", { parameters });
  expect(error).toMatchObject({ details: { native: { position: "select :a, 'é', ".length + 1 } } });
});
