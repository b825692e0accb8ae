/** What the server is sent where a script has parameters: a call of sp_executesql, with the values behind the text. */
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';
import { collect } from '../collect.ts';
import { DONE, done, error, texts } from './tds-tokens.ts';
import { connected } from './with-server.ts';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const int64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
/** sp_executesql by its number ([MS-TDS] 2.2.6.6). */
const EXECUTE = Buffer.from([0xff, 0xff, 10, 0]);

test.each<[ParameterType, string | null, text: string, declared: string, bytes: Buffer]>([
  ['text', "'; drop table t --", '@lodge_x', 'nvarchar(18)', utf16("'; drop table t --")],
  ['integer', '7', '@lodge_x', 'int', Buffer.from([4, 4, 7, 0, 0, 0])],
  ['integer', '9007199254740993', '@lodge_x', 'bigint', int64(9007199254740993n)],
  ['decimal', '-12.50', 'CAST(@lodge_x AS decimal(4, 2))', 'nvarchar(6)', utf16('-12.50')],
  ['boolean', 'true', '@lodge_x', 'bit', Buffer.from([1, 1, 1])],
  ['date', '0001-01-02', '@lodge_x', 'date', Buffer.from([3, 1, 0, 0])],
  [
    'timestamp',
    '2026-11-24T13:30:00.1234567Z',
    'CAST(@lodge_x AS datetimeoffset(7))',
    'nvarchar(28)',
    utf16('.1234567Z'),
  ],
  ['text', null, '@lodge_x', 'nvarchar(1)', Buffer.from([0xff, 0xff])],
])('a value of type %s, %s, is %s', async (type, value, text, declared, bytes) => {
  await using pair = await connected([['select', texts(['a'], ['1'])]]);
  const parameters: BoundParameter[] = [{ name: 'x', type, value }];
  const collected = await collect(pair.connection, "select :x, ':x'\nGO\nselect 2", { parameters });
  expect(collected.error).toBeUndefined();
  expect(collected.results).toEqual([[['1']], [['1']]]);
  // A batch that names none goes as it is written.
  expect(pair.server.batches.at(-1)).toBe('select 2');
  expect(pair.server.calls).toHaveLength(1);
  const [call = Buffer.alloc(0)] = pair.server.calls;
  expect(call.subarray(0, 4)).toEqual(EXECUTE);
  const behind = [utf16(`select ${text}, ':x'`), utf16(`@lodge_x ${declared}`), utf16('@lodge_x'), bytes];
  let at = 4;
  for (const part of behind) {
    const found = call.indexOf(part, at);
    expect(found).toBeGreaterThanOrEqual(at);
    at = found + part.length;
  }
});

test('an error is told at its place in the text as it was written', async () => {
  const fails = Buffer.concat([
    error({ number: 208, message: "Invalid object name 't'.", line: 2 }),
    done(DONE.error | DONE.more),
  ]);
  await using pair = await connected([['nowhere', fails]]);
  const parameters: BoundParameter[] = [{ name: 'x', type: 'decimal', value: '1.5' }];
  const collected = await collect(pair.connection, 'select :x\nfrom nowhere', { parameters });
  expect(collected.error).toMatchObject({ details: { native: { code: '208', position: 11 } } });
});
