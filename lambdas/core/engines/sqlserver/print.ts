/** Values as SQL Server prints them (CONVERT, style 121), to their last digit. The driver's own pass through floats and dates. */
import type { Bytes } from './bytes.ts';

const DAY_MS = 86_400_000;
/** Days count from 1 January of the year 1, those of the old types from 1900 ([MS-TDS] 2.2.5.5.1.8). */
const YEAR_ONE = Date.UTC(2000, 0, 1) - 730_119 * DAY_MS;
const YEAR_1900 = Date.UTC(1900, 0, 1);

/** A whole number with a point before its last `scale` digits. */
function decimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

/** A sign, then the digits as a whole number ([MS-TDS] 2.2.5.5.1.6). */
export function numeric(bytes: Bytes, length: number, scale: number): string {
  const sign = bytes.uint(1) === 1 ? 1n : -1n;
  return decimal(sign * bytes.bigUint(length - 1), scale);
}

/** Ten-thousandths; eight bytes come with their upper half first ([MS-TDS] 2.2.5.5.1.2). */
export function money(bytes: Bytes, length: number): string {
  if (length === 4) return decimal(BigInt(bytes.int(4)), 4);
  const high = BigInt(bytes.int(4));
  return decimal((high << 32n) + BigInt(bytes.uint(4)), 4);
}

/** The first three groups come with their lowest byte first ([MS-DTYP] 2.3.4). */
export function uuid(bytes: Buffer): string {
  const group = (...places: number[]): string => places.map((at) => hex(bytes.subarray(at, at + 1))).join('');
  const rest = hex(bytes);
  return [group(3, 2, 1, 0), group(5, 4), group(7, 6), rest.slice(16, 20), rest.slice(20)].join('-');
}

export const binary = (bytes: Uint8Array): string => `0x${hex(bytes)}`;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

const two = (value: number): string => String(value).padStart(2, '0');

/** A year has four digits here; JavaScript would write two signs more for some. */
const dayOf = (ms: number): string => {
  const day = new Date(ms);
  return `${String(day.getUTCFullYear()).padStart(4, '0')}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
};

export const date = (bytes: Bytes): string => dayOf(YEAR_ONE + bytes.uint(3) * DAY_MS);

/** Units of a second's `10 ** -scale` since midnight: at most 864 × 10⁹, which a float holds. */
function clock(units: number, scale: number): string {
  const perSecond = 10 ** scale;
  const seconds = Math.floor(units / perSecond);
  const fraction = scale > 0 ? `.${String(units % perSecond).padStart(scale, '0')}` : '';
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
}

const units = (bytes: Bytes, length: number): number => bytes.uint(length as 3 | 4 | 5);

export const time = (bytes: Bytes, length: number, scale: number): string => clock(units(bytes, length), scale);

export function dateTime2(bytes: Bytes, length: number, scale: number): string {
  const sinceMidnight = time(bytes, length - 3, scale);
  return `${date(bytes)} ${sinceMidnight}`;
}

/** Comes as UTC with an offset in minutes, and is shown with the offset's own clock. */
export function dateTimeOffset(bytes: Bytes, length: number, scale: number): string {
  const since = units(bytes, length - 5);
  const days = bytes.uint(3);
  const offset = bytes.int(2);
  const perDay = 86_400 * 10 ** scale;
  const local = since + offset * 60 * 10 ** scale;
  const turn = Math.floor(local / perDay);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${dayOf(YEAR_ONE + (days + turn) * DAY_MS)} ${clock(local - turn * perDay, scale)} ${zone}`;
}

/** Days, and either minutes (four bytes) or three-hundredths of a second (eight), which are shown as milliseconds. */
export function dateTime(bytes: Bytes, length: number): string {
  if (length === 4) {
    const day = dayOf(YEAR_1900 + bytes.uint(2) * DAY_MS);
    return `${day} ${clock(bytes.uint(2) * 60, 0)}`;
  }
  const day = dayOf(YEAR_1900 + bytes.int(4) * DAY_MS);
  return `${day} ${clock(Math.round((bytes.uint(4) * 10) / 3), 3)}`;
}
