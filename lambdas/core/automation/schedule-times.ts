/**
 * When a schedule of EventBridge Scheduler runs. Source: EventBridge Scheduler User Guide, "Schedule types" and "Daylight
 * savings time on EventBridge Scheduler"; wildcards: EventBridge User Guide, "Cron expressions reference".
 */
import { Cron } from 'croner';
import type { Schedule } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import { isTimeZone, momentIn, onTheClock } from './clock.ts';

/** The moments of a schedule from the one after which it is asked, in their order. */
type Times = (after: { readonly from: Date; readonly since: Date }) => Iterable<Date>;

const KINDS: Readonly<Record<string, (inside: string, timeZone: string) => Times>> = { at, rate, cron };

/**
 * The next `count` times from `from` on, that moment included; fewer where it ends before. A rate counts from `since`, when
 * its schedule was made, and begins with it. Errors: INPUT_INVALID, for the expression or the zone.
 */
export function nextTimes({ expression, timeZone }: Schedule, count: number, from: Date, since: Date = from): Date[] {
  if (!isTimeZone(timeZone)) throw wrong('timeZone', 'is no time zone of the IANA database, such as Europe/Berlin');
  const [, kind = '', inside = ''] = /^(\w+)\((.*)\)$/s.exec(expression.trim()) ?? [];
  const times = Object.hasOwn(KINDS, kind) ? KINDS[kind]?.(inside.trim(), timeZone) : undefined;
  if (!times) throw wrong('expression', 'is rate(…), cron(…) or at(…)');
  const found: Date[] = [];
  if (count < 1) return found;
  for (const time of times({ from, since })) if (time >= from && found.push(time) === count) break;
  return found;
}

const wrong = (field: keyof Schedule, message: string): AppError =>
  new AppError('INPUT_INVALID', {
    message: `The ${field === 'expression' ? 'schedule' : 'time zone'} ${message}.`,
    details: { fields: [{ path: `schedule.${field}`, message }] },
  });

/** `2026-12-01T03:00:00`, once. A time that its zone's clocks leap over never comes. */
function at(inside: string, timeZone: string): Times {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside) ? new Date(`${inside}Z`) : undefined;
  // Some days that do not exist are read as others: 31 June as 1 July.
  if (!wall || Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 19) !== inside)
    throw wrong('expression', 'names no date and time: at(2026-12-01T03:00:00)');
  const moment = momentIn(timeZone, wall);
  return () => (moment ? [moment] : []);
}

/** A day is 24 hours, whatever the clocks do. The plural or not, AWS takes both. */
const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function rate(inside: string): Times {
  const [, value = '', unit = ''] = /^(\d{1,6})\s+(minute|hour|day)s?$/.exec(inside) ?? [];
  const every = Number(value) * (UNITS[unit] ?? 0);
  if (!every) throw wrong('expression', 'names no rate: rate(5 minutes), rate(1 hour) or rate(7 days)');
  return function* ({ from, since }) {
    const passed = Math.max(0, Math.ceil((from.getTime() - since.getTime()) / every));
    for (let time = since.getTime() + passed * every; ; time += every) yield new Date(time);
  };
}

/** The characters that AWS has in each field; what they mean together is asked of croner. */
const FIELDS = [
  /^[\d,*/-]+$/,
  /^[\d,*/-]+$/,
  /^(\?|[\d,*/LW-]+)$/,
  /^(?:\d|[,*/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+$/,
  /^(\?|(?:[1-7]|[,*/#L-]|SUN|MON|TUE|WED|THU|FRI|SAT)+)$/,
  /^[\d,*/-]+$/,
];

const YEARS = { first: 1970, last: 2199 };

/** Six fields: minutes, hours, day of the month, month, day of the week, year. */
function cron(inside: string, timeZone: string): Times {
  const fields = inside.toUpperCase().split(/\s+/);
  if (fields.length !== FIELDS.length || !FIELDS.every((allowed, index) => allowed.test(fields[index] ?? '')))
    throw wrong('expression', 'has not six fields that AWS knows: cron(minutes hours day month weekday year)');
  const [minutes, hours, day = '', month, weekday = '', year = ''] = fields;
  if ((day === '?') === (weekday === '?'))
    throw wrong('expression', 'says ? for the day of the month or for the day of the week: for one of them, not both');
  const years = year.match(/\d{4,}/g)?.map(Number) ?? [];
  if (years.some((each) => each < YEARS.first || each > YEARS.last))
    throw wrong('expression', `is for a year before ${YEARS.first} or after ${YEARS.last}`);
  // The last day of the week is Saturday.
  const days = [day, month, weekday === 'L' ? '7' : weekday].map((field) => (field === '?' ? '*' : field));
  const walls = readCron(['0', minutes, hours, ...days, year].join(' '));
  return ({ from }) => cronTimes(walls, timeZone, from);
}

/** Its times as a clock on the wall shows them, for what AWS does where clocks are changed is not what croner does. */
const readCron = (pattern: string): Cron => {
  try {
    return new Cron(pattern, {
      timezone: 'UTC',
      mode: '7-part',
      paused: true,
      // Sunday is 1, and 5/10 is every ten from five on.
      alternativeWeekdays: true,
      sloppyRanges: true,
    });
  } catch {
    throw wrong('expression', 'has a field that means nothing: cron(0 3 * * ? *) is every day at three');
  }
};

/** Where clocks leap forward a time that is not there is left out; where they go back, one that comes twice counts once. */
function* cronTimes(walls: Cron, timeZone: string, from: Date): Generator<Date> {
  // croner counts seconds, and begins after what it is given.
  let wall = walls.nextRun(new Date(onTheClock(timeZone, from).getTime() - 1_000));
  for (; wall && wall.getUTCFullYear() <= YEARS.last; wall = walls.nextRun(wall)) {
    const moment = momentIn(timeZone, wall);
    if (moment) yield moment;
  }
}
