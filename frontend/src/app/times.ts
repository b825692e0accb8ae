/** Moments as people read them: exact, in the time of this browser, and by how long ago they were. */

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-24 11:22:03`, local time: sorts as it reads, and is as wide for each moment. */
export function exactTime(iso: string): string {
  const at = new Date(iso);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

/** The exact time with the zone it is told in: `2026-11-24 11:22:03 (UTC+01:00)`. */
export function zonedTime(iso: string): string {
  const minutes = -new Date(iso).getTimezoneOffset();
  const offset = Math.abs(minutes);
  const zone = minutes === 0 ? '' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
  return `${exactTime(iso)} (UTC${zone})`;
}

/** How many seconds each unit has, the largest first. */
const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `just now`, `5 minutes ago`, `yesterday`. Clocks that differ a little make no future of it. */
export function relativeTime(iso: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(iso)) / 1_000);
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? [];
  return unit ? words.format(-Math.floor(seconds / size), unit) : 'just now';
}

/** A moment for `<input type="datetime-local">`, to the second, in local time. */
export const toLocalInput = (iso: string): string => exactTime(iso).replace(' ', 'T');

/** What such an input holds, as ISO 8601; undefined where it is empty or no moment. */
export function fromLocalInput(text: string): string | undefined {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
