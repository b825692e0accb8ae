/** Clocks on the wall in a time zone. A time that such a clock shows is kept as if it were UTC. */

/** One formatter a zone: each takes a millisecond to make. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  FORMATS.set(timeZone, made);
  return made;
};

/** A name of the IANA database, such as `Europe/Berlin` or `UTC`; an offset is none. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
};

/** What the clock shows at a moment. */
export const onTheClock = (timeZone: string, moment: Date): Date => {
  const parts = formatOf(timeZone).formatToParts(moment);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return new Date(
    Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) +
      (((moment.getTime() % 1_000) + 1_000) % 1_000),
  );
};

/** Longer than any clock is put forward or back. */
const DAY = 86_400_000;

/** The first moment at which the clock shows this time; undefined where it leaps over it. */
export const momentIn = (timeZone: string, wall: Date): Date | undefined => {
  const ahead = (at: number) => onTheClock(timeZone, new Date(at)).getTime() - at;
  // What it may be ahead of UTC by, before and after a change that is near. More ahead is earlier.
  const offsets = [ahead(wall.getTime() - DAY), ahead(wall.getTime() + DAY)].toSorted((one, other) => other - one);
  const moments = offsets.map((offset) => wall.getTime() - offset);
  const first = moments.find((moment) => onTheClock(timeZone, new Date(moment)).getTime() === wall.getTime());
  return first === undefined ? undefined : new Date(first);
};
