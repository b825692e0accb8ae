/** Types as T-SQL writes them, from the numbers of sys.columns. */

type Numbers = Readonly<Record<'length' | 'precision' | 'scale', string | null | undefined>>;

const MAX = '-1';
const sized =
  (bytes: number) =>
  ({ length }: Numbers): string =>
    `(${length === MAX ? 'max' : Number(length) / bytes})`;
const exact = ({ precision, scale }: Numbers): string => `(${precision},${scale})`;
const timed = ({ scale }: Numbers): string => `(${scale})`;

/** What stands behind a type's name. */
const BEHIND: Readonly<Record<string, (numbers: Numbers) => string>> = {
  char: sized(1),
  varchar: sized(1),
  nchar: sized(2),
  nvarchar: sized(2),
  binary: sized(1),
  varbinary: sized(1),
  decimal: exact,
  numeric: exact,
  time: timed,
  datetime2: timed,
  datetimeoffset: timed,
};

export const typeText = (name: string | null | undefined, numbers: Numbers): string =>
  `${name ?? ''}${BEHIND[name ?? '']?.(numbers) ?? ''}`;
