import { bindParameters } from '#contract/bind-parameters.ts';
import { Parameters, type ParameterType, type ParameterValues } from '#contract/parameters.ts';

const one = (type: ParameterType, value: string | null) =>
  bindParameters(Parameters.parse([{ name: 'p', type, required: false }]), { p: value })[0]?.value;

const wrongOf = (declared: object[], values: ParameterValues) => {
  try {
    bindParameters(Parameters.parse(declared), values);
  } catch (error) {
    return error;
  }
  return undefined;
};

const complaint = (message: string, name = 'p') => ({
  code: 'PARAMETER_INVALID',
  details: { fields: [{ path: `parameters.${name}`, message }] },
});

describe('a value', () => {
  it.each<[ParameterType, string, string]>([
    ['text', ' as it is\n', ' as it is\n'],
    ['text', '', ''],
    ['integer', ' 42 ', '42'],
    ['integer', '-9223372036854775809', '-9223372036854775809'],
    ['decimal', '12.50', '12.50'],
    ['decimal', '.5', '.5'],
    ['decimal', '1.0000000000000000000000000001', '1.0000000000000000000000000001'],
    ['decimal', '-3e-7', '-3e-7'],
    ['boolean', 'Yes', 'true'],
    ['boolean', '0', 'false'],
    ['date', '2024-02-29', '2024-02-29'],
    ['timestamp', '2026-11-24T13:30:00Z', '2026-11-24T13:30:00Z'],
    ['timestamp', '2026-11-24 13:30:00.123456+01:00', '2026-11-24T13:30:00.123456+01:00'],
    ['timestamp', '2026-11-24T13:30:00', '2026-11-24T13:30:00'],
  ])('of type %s is read: %j', (type, given, value) => {
    expect(one(type, given)).toBe(value);
  });

  it.each<[ParameterType, string, string]>([
    ['integer', '1.5', 'is no whole number'],
    ['integer', '', 'is no whole number'],
    ['integer', '1; drop table orders', 'is no whole number'],
    ['decimal', 'NaN', 'is no number'],
    ['decimal', '.', 'is no number'],
    ['boolean', 'maybe', 'is neither true nor false'],
    ['boolean', 'constructor', 'is neither true nor false'],
    ['date', '2026-02-29', 'is no date such as 2026-11-24'],
    ['date', '24.11.2026', 'is no date such as 2026-11-24'],
    ['timestamp', '2026-11-24', 'is no date and time such as 2026-11-24T13:30:00Z'],
  ])('that is no %s is refused: %j', (type, value, message) => {
    expect(wrongOf([{ name: 'p', type }], { p: value })).toMatchObject(complaint(message));
  });

  it('is named as it was declared, in that order, whatever its name', () => {
    const declared = Parameters.parse([{ name: 'toString' }, { name: '__proto__' }, { name: 'day', type: 'date' }]);
    const values = JSON.parse('{"day":"2026-11-24","toString":"a","__proto__":"b"}');
    expect(bindParameters(declared, values)).toEqual([
      { name: 'toString', type: 'text', value: 'a' },
      { name: '__proto__', type: 'text', value: 'b' },
      { name: 'day', type: 'date', value: '2026-11-24' },
    ]);
  });
});

describe('without a value', () => {
  it('there is the default, and without one null', () => {
    const declared = Parameters.parse([
      { name: 'region', default: 'eu' },
      { name: 'limit', type: 'integer', required: false },
    ]);
    expect(bindParameters(declared, {}).map(({ value }) => value)).toEqual(['eu', null]);
  });

  it('a required one is missing, also where null is given in place of its default', () => {
    expect(wrongOf([{ name: 'p' }], {})).toMatchObject(complaint('is missing'));
    expect(wrongOf([{ name: 'toString' }], {})).toMatchObject(complaint('is missing', 'toString'));
    expect(wrongOf([{ name: 'p', default: 'eu' }], { p: null })).toMatchObject(complaint('is missing'));
  });

  it('one that need not be given is null where null is given, whatever its default', () => {
    const declared = Parameters.parse([{ name: 'p', default: 'eu', required: false }]);
    expect(bindParameters(declared, { p: null })[0]?.value).toBeNull();
  });

  it('a default is read by its type too', () => {
    expect(wrongOf([{ name: 'p', type: 'integer', default: 'many' }], {})).toMatchObject(
      complaint('is no whole number'),
    );
  });
});

it('names all that is wrong at once, and what was not declared', () => {
  const error = wrongOf([{ name: 'a' }, { name: 'b', type: 'date' }], { b: 'soon', c: '1' });
  expect(error).toMatchObject({
    details: { fields: [{ path: 'parameters.a' }, { path: 'parameters.b' }, { path: 'parameters.c' }] },
  });
});
