import * as z from 'zod';
import { ENGINES } from '#contract/engines.ts';
import { optionFields, readOptions } from '../../../../frontend/src/features/connect/option-fields.ts';

const Options = z.object({
  database: z.string().trim().min(1).optional().meta({ title: 'Database', description: 'Which one.' }),
  port: z.number().int().min(1).default(5432).meta({ title: 'Port' }),
  verify: z.boolean().optional(),
  mode: z.enum(['fast', 'safe']),
});

describe('optionFields', () => {
  it('draws a field for each option, as its schema says', () => {
    expect(optionFields(Options)).toEqual([
      { name: 'database', title: 'Database', description: 'Which one.', input: 'text', choices: [], optional: true },
      { name: 'port', title: 'Port', description: undefined, input: 'number', choices: [], optional: true },
      { name: 'verify', title: 'verify', description: undefined, input: 'switch', choices: [], optional: true },
      {
        name: 'mode',
        title: 'mode',
        description: undefined,
        input: 'select',
        choices: ['fast', 'safe'],
        optional: false,
      },
    ]);
  });

  it.each(Object.entries(ENGINES))('gives every option of %s a title for people', (_, { options }) => {
    for (const { name, title } of optionFields(options)) expect(title).not.toBe(name);
  });
});

describe('readOptions', () => {
  it('reads what was typed as what the schema takes', () => {
    const filled = { database: ' shop ', port: '5433', verify: 'true', mode: 'fast' };
    expect(readOptions(Options, filled)).toEqual({
      values: { database: 'shop', port: 5433, verify: true, mode: 'fast' },
    });
  });

  it('leaves out what is empty', () => {
    expect(readOptions(Options, { database: '  ', mode: 'safe' })).toEqual({ values: { port: 5432, mode: 'safe' } });
  });

  it('says what is wrong, by field', () => {
    const read = readOptions(Options, { port: 'many', mode: 'loud' });
    expect(Object.keys('errors' in read ? read.errors : {})).toEqual(['port', 'mode']);
  });
});
