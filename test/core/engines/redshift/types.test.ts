import { namedType } from '#core/engines/pg-wire/type-names.ts';
import { REDSHIFT_TYPES } from '#core/engines/redshift/types.ts';

const type = (dataTypeID: number, dataTypeModifier = -1) => namedType(REDSHIFT_TYPES, { dataTypeID, dataTypeModifier });

describe('the types of Redshift', () => {
  it.each([
    [4000, 'super', 'json'],
    [3000, 'geometry', 'other'],
    [3001, 'geography', 'other'],
    [6551, 'varbyte', 'other'],
    [2935, 'hllsketch', 'other'],
    [1188, 'interval year to month', 'temporal'],
    [1190, 'interval day to second', 'temporal'],
    [1266, 'time with time zone', 'temporal'],
    [20, 'bigint', 'number'],
  ])('know %i as %s', (id, name, kind) => {
    expect(type(id)).toEqual({ name, kind });
  });

  it('say precision and length', () => {
    expect(type(1700, ((38 << 16) | 10) + 4).name).toBe('numeric(38,10)');
    expect(type(1043, 65_535 + 4).name).toBe('character varying(65535)');
  });
});
