/**
 * Dates to their last digit. Node's Date, in which the driver hands them over, knows no nanoseconds, no zone and no century
 * before the first: so what is handed over remembers its bytes. Their meaning: Oracle Call Interface Programmer's Guide,
 * "DATE" and "Timestamp and interval data types".
 */

const two = (value: number): string => String(value).padStart(2, '0');
const MINUTE_MS = 60_000;
/** Set in the first byte of a zone that has a name, whose number no client can look up. */
const NAMED = 0x80;

export class ExactDate extends Date {
  readonly #bytes: Buffer;
  readonly #zoned: boolean;

  /** `at` is the driver's own reading; `zoned`: it is an instant, and its bytes say UTC. */
  constructor(at: Date, bytes: Buffer, zoned: boolean) {
    super(at);
    this.#bytes = Buffer.from(bytes);
    this.#zoned = zoned;
  }

  /** True where the zone had a name, which is lost: the instant is shown in UTC. */
  get zoneIsNamed(): boolean {
    return ((this.#bytes[11] ?? 0) & NAMED) !== 0;
  }

  /** With so many digits of a second's fraction. */
  text(digits: number): string {
    if (!this.#zoned) return `${this.#plain()}${this.#fraction(digits)}`;
    const offset = this.#offset();
    const local = new Date(this.getTime() + offset * MINUTE_MS).toISOString();
    const [day = '', clock = ''] = local.replace(/^\+00/, '').split('T');
    const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
    return `${day} ${clock.slice(0, 8)}${this.#fraction(digits)} ${zone}`;
  }

  /** Century and year have 100 added to them, the clock's numbers 1. */
  #plain(): string {
    const [century = 100, part = 100, month = 1, day = 1, hour = 1, minute = 1, second = 1] = this.#bytes;
    const year = (century - 100) * 100 + part - 100;
    const shown = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
    return `${shown}-${two(month)}-${two(day)} ${two(hour - 1)}:${two(minute - 1)}:${two(second - 1)}`;
  }

  /** Nanoseconds, which are left out where there are none. */
  #fraction(digits: number): string {
    if (digits === 0) return '';
    const nanoseconds = this.#bytes.length >= 11 ? this.#bytes.readUInt32BE(7) : 0;
    return `.${String(nanoseconds).padStart(9, '0').slice(0, digits)}`;
  }

  /** In minutes: hours have 20 added, minutes 60. */
  #offset(): number {
    const [hours, minutes] = this.#bytes.subarray(11);
    if (hours === undefined || minutes === undefined || this.zoneIsNamed) return 0;
    return (hours - 20) * 60 + minutes - 60;
  }
}
