/** Types as Oracle writes them, from the columns of ALL_TAB_COLUMNS. */

export interface TypeNumbers {
  /** Such as `NUMBER`, or `TIMESTAMP(6)`, which says its digits itself. */
  readonly type: string | null | undefined;
  readonly precision: string | null | undefined;
  readonly scale: string | null | undefined;
  /** In bytes, and in characters. */
  readonly bytes: string | null | undefined;
  readonly chars: string | null | undefined;
  /** `C`: the length was given in characters. */
  readonly unit: string | null | undefined;
}

const inUnits = ({ chars, unit, bytes }: TypeNumbers): string => (unit === 'C' ? `(${chars} CHAR)` : `(${bytes} BYTE)`);
const inChars = ({ chars }: TypeNumbers): string => `(${chars})`;
const inBytes = ({ bytes }: TypeNumbers): string => `(${bytes})`;
const exact = ({ precision, scale }: TypeNumbers): string => {
  if (!precision) return scale === '0' ? '(*,0)' : '';
  return scale && scale !== '0' ? `(${precision},${scale})` : `(${precision})`;
};

/** What stands behind a type's name. */
const BEHIND: Readonly<Record<string, (numbers: TypeNumbers) => string>> = {
  NUMBER: exact,
  FLOAT: ({ precision }) => (precision ? `(${precision})` : ''),
  VARCHAR2: inUnits,
  CHAR: inUnits,
  NVARCHAR2: inChars,
  NCHAR: inChars,
  RAW: inBytes,
  UROWID: inBytes,
};

export const typeText = (numbers: TypeNumbers): string =>
  `${numbers.type ?? ''}${BEHIND[numbers.type ?? '']?.(numbers) ?? ''}`;
