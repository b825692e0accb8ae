/** Reads back what `parquet.ts` writes: its footer, and of the first row group, which is small for that, the rows asked for. */
import { type FileMetaData, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import type { Value } from '#contract/results.ts';
import type { FirstRows, Ranges } from './preview.ts';

/** A group of rows that is larger, unpacked, is not read for its first ones: one of its values alone may be as large. */
const GROUP_BYTES = 32 * 1024 * 1024;

export const firstOfParquet = async (object: Ranges, most: number): Promise<FirstRows> => {
  const byteLength = await object.size();
  const file = {
    byteLength,
    async slice(start: number, end = byteLength): Promise<ArrayBuffer> {
      const bytes = await object.read(start, end);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
  const metadata = await parquetMetadataAsync(file);
  const elements = metadata.schema.slice(1);
  const rowEnd = Math.min(most, Number(metadata.num_rows));
  const columns = elements.map(({ name }) => name);
  const [group] = metadata.row_groups;
  if (rowEnd > 0 && group && Number(group.total_byte_size) > GROUP_BYTES) return { columns, rows: [], tooLarge: true };
  const objects =
    rowEnd === 0
      ? []
      : await parquetReadObjects({ file, metadata: withoutDecimals(metadata), rowEnd, parsers: PARSERS });
  return {
    columns,
    rows: objects.map((row) => elements.map((element) => shown(row[element.name], element))),
  };
};

/** The reader would make doubles of them. Bare, they are the numbers without their point. */
const withoutDecimals = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map(({ converted_type, logical_type, ...element }) =>
    converted_type === 'DECIMAL'
      ? element
      : { ...element, ...(converted_type && { converted_type }), ...(logical_type && { logical_type }) },
  ),
});

const MICROS = 1_000_000n;

/** A Date would lose the microseconds. */
const momentOf = (micros: bigint): string => {
  const fraction = ((micros % MICROS) + MICROS) % MICROS;
  const second = new Date(Number((micros - fraction) / 1_000n)).toISOString().slice(0, 19).replace('T', ' ');
  return fraction === 0n ? second : `${second}.${String(fraction).padStart(6, '0')}`;
};

const PARSERS = {
  timestampFromMicroseconds: momentOf,
  dateFromDays: (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

const shown = (value: unknown, { converted_type, scale = 0, logical_type }: SchemaElement): Value => {
  if (value === null || value === undefined) return null;
  if (converted_type === 'DECIMAL') return decimalOf(value, scale);
  return logical_type?.type === 'TIMESTAMP' && logical_type.isAdjustedToUTC ? `${value}Z` : String(value);
};

const decimalOf = (value: unknown, scale: number): string => {
  const unscaled = value instanceof Uint8Array ? bigEndian(value) : BigInt(value as number | bigint);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${unscaled < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
};

const bigEndian = (bytes: Uint8Array): bigint =>
  BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
