/**
 * Dates, times and intervals as PostgreSQL and MySQL print them (ISO style), as a number of seconds that sorts. A text
 * cannot simply be compared: the offset of a timestamptz changes within a column where summer time begins, and years
 * may have five digits or end in BC.
 */
const DATE =
  /^(\d{4,6})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?\s*(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?( BC)?$/;
const TIME = /^(-?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/;
const INTERVAL_PART = /([+-]?\d+) (year|mon|day)s?/g;
/** As PostgreSQL compares intervals: a month is 30 days, a day 24 hours. */
const DAY = 86_400;
const SECONDS: Readonly<Record<string, number>> = { year: 360 * DAY, mon: 30 * DAY, day: DAY };

/** Seconds (since 1970 for a date); undefined where the text is none of these. */
export function readTime(text: string): number | undefined {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  return readDate(text) ?? readClock(text) ?? readInterval(text);
}

function readDate(text: string): number | undefined {
  const found = DATE.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', offset, bc] = found;
  // There is no year 0: 1 BC is the year 0 of the proleptic calendar that Date counts by.
  const counted = bc ? 1 - Number(year) : Number(year);
  const date = new Date(0);
  date.setUTCFullYear(counted, Number(month) - 1, Number(day));
  return date.getTime() / 1000 + clock(hour, minute, second) - readOffset(offset);
}

function readClock(text: string): number | undefined {
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [, minus, hour = '0', minute = '0', second = '0', offset] = found;
  return (minus ? -1 : 1) * clock(hour, minute, second) - readOffset(offset);
}

function readInterval(text: string): number | undefined {
  let seconds = 0;
  let parts = 0;
  const rest = text.replaceAll(INTERVAL_PART, (_, amount: string, unit: string) => {
    parts++;
    seconds += Number(amount) * (SECONDS[unit] ?? 0);
    return '';
  });
  if (parts === 0) return undefined;
  const left = rest.trim().replace(/^\+/, '');
  const time = left === '' ? 0 : readClock(left);
  return time === undefined ? undefined : seconds + time;
}

const clock = (hour: string, minute: string, second: string): number =>
  Number(hour) * 3600 + Number(minute) * 60 + Number(second);

function readOffset(offset: string | undefined): number {
  if (!offset || offset === 'Z') return 0;
  const [hours = '0', minutes = '0', seconds = '0'] = offset.slice(1).match(/\d\d/g) ?? [];
  return (offset.startsWith('-') ? -1 : 1) * clock(hours, minutes, seconds);
}
