/** Schedules of EventBridge Scheduler as people say them (Scheduler User Guide, "Schedule types"). */
import type { Schedule } from '#contract/automations.ts';

/** What is chosen most, written as the expressions that they are. */
export const SCHEDULE_PRESETS: readonly { readonly label: string; readonly expression: string }[] = [
  { label: 'Every hour', expression: 'rate(1 hour)' },
  { label: 'Every day', expression: 'cron(0 3 * * ? *)' },
  { label: 'Working days', expression: 'cron(0 3 ? * MON-FRI *)' },
  { label: 'Every week', expression: 'cron(0 3 ? * MON *)' },
  { label: 'Every month', expression: 'cron(0 3 1 * ? *)' },
];

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `daily at 03:00, Europe/Berlin`; what is rarer is told as its expression. */
export function sayExpression(expression: string): string {
  const [, kind = '', inside = ''] = /^(\w+)\((.*)\)$/.exec(expression.trim()) ?? [];
  return SAYS[kind]?.(inside.trim().toUpperCase()) ?? expression;
}

/** A rate counts from its start, whatever the zone. */
export const saySchedule = ({ expression, timeZone }: Schedule): string =>
  expression.startsWith('rate') ? sayExpression(expression) : `${sayExpression(expression)}, ${timeZone}`;

const SAYS: Readonly<Record<string, (inside: string) => string | undefined>> = {
  rate(inside) {
    const [, value, unit] = /^(\d+)\s+(MINUTE|HOUR|DAY)S?$/.exec(inside) ?? [];
    if (!value || !unit) return undefined;
    const word = unit.toLowerCase();
    return Number(value) === 1 ? `Every ${word}` : `Every ${value} ${word}s`;
  },
  at(inside) {
    const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(inside) ?? [];
    return day && `Once, on ${day} at ${time}`;
  },
  cron(inside) {
    const [minute = '', hour = '', day = '', month, weekday = '', year] = inside.split(/\s+/);
    if (month !== '*' || year !== '*') return undefined;
    const anyDay = isAny(day) && isAny(weekday);
    const [, step] = /^(?:0|\*)\/(\d+)$/.exec(minute) ?? [];
    if (step && anyDay && hour === '*') return `Every ${step} minutes`;
    if (!/^\d+$/.test(minute)) return undefined;
    if (hour === '*') return anyDay ? `Every hour, ${minute} minutes past` : undefined;
    if (!/^\d+$/.test(hour)) return undefined;
    const on = anyDay ? 'Daily' : sayDays(day, weekday);
    return on && `${on} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  },
};

const isAny = (field: string): boolean => field === '*' || field === '?';

function sayDays(day: string, weekday: string): string | undefined {
  if (isAny(weekday)) {
    if (day === 'L') return 'On the last day of each month';
    return /^\d+$/.test(day) ? `On day ${day} of each month` : undefined;
  }
  const range = weekday.split('-').map(dayOf);
  if (range.length === 2 && range[0] && range[1]) return `${range[0]} to ${range[1]}`;
  const list = weekday.split(',').map(dayOf);
  if (list.some((name) => name === undefined)) return undefined;
  return list.map((name) => `${name}s`).join(', ');
}

/** By its first letters, or by its number: Sunday is 1. */
const dayOf = (field: string): string | undefined =>
  /^[1-7]$/.test(field)
    ? DAYS[Number(field) - 1]
    : DAYS.find((name) => field.length === 3 && name.toUpperCase().startsWith(field));

/** `Tue 2026-12-01 03:00`, as a clock in the zone shows it. */
export function timeIn(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(iso));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${read('weekday')} ${read('year')}-${read('month')}-${read('day')} ${read('hour')}:${read('minute')}`;
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long until then: `in 5 minutes`, `tomorrow`. */
export function fromNow(iso: string, now: Date): string {
  const minutes = Math.round((Date.parse(iso) - now.getTime()) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 90) return words.format(minutes, 'minute');
  if (minutes < 36 * 60) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 1_440), 'day');
}
