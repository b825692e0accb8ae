import { filtersOf, passes } from '#core/local/aws/rds-filters.ts';

const read = (parameters: Record<string, string>) =>
  filtersOf(new Map(Object.entries(parameters)), ['engine', 'domain']);
const engine = (...values: string[]) => ({ name: 'engine', values });

test('filters are read in order, each with all its values', () => {
  expect(
    read({
      'Filters.Filter.1.Name': 'engine',
      'Filters.Filter.1.Values.Value.1': 'postgres',
      'Filters.Filter.1.Values.Value.2': 'mysql',
      'Filters.Filter.2.Name': 'domain',
      'Filters.Filter.2.Values.Value.1': 'd-1',
    }),
  ).toEqual([engine('postgres', 'mysql'), { name: 'domain', values: ['d-1'] }]);
});

test('no filters are no filters', () => {
  expect(read({ Action: 'DescribeDBInstances' })).toEqual([]);
});

test('an unknown filter and one without values are refused', () => {
  expect(() => read({ 'Filters.Filter.1.Name': 'colour', 'Filters.Filter.1.Values.Value.1': 'red' })).toThrow(
    'Unrecognized filter name: colour',
  );
  expect(() => read({ 'Filters.Filter.1.Name': 'engine' })).toThrow('has no values');
});

test('values are alternatives, filters are not', () => {
  const record = { engine: ['postgres'], domain: ['d-1'] };
  expect(passes(record, [engine('mysql', 'postgres')])).toBe(true);
  expect(passes(record, [engine('mysql')])).toBe(false);
  expect(passes(record, [engine('postgres'), { name: 'domain', values: ['d-2'] }])).toBe(false);
  expect(passes(record, [])).toBe(true);
  expect(passes({}, [engine('postgres')])).toBe(false);
});
