/** A schedule that runs once, as a day and a time on the clocks of its zone: `at(2026-12-01T03:00:00)`. */

export interface Once {
  /** As the fields of a browser have them: `2026-12-01` and `03:00`. */
  readonly date: string;
  readonly time: string;
}

/** Undefined: it is another kind of schedule. What is not whole yet gives empty parts. */
export function readOnce(expression: string): Once | undefined {
  const [, inside] = /^at\((.*)\)$/s.exec(expression.trim()) ?? [];
  if (inside === undefined) return undefined;
  const [date = '', time = ''] = inside.split('T');
  return {
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : '',
    time: /^\d\d:\d\d(:\d\d)?$/.test(time) ? time.slice(0, 5) : '',
  };
}

export const writeOnce = ({ date, time }: Once): string => `at(${date}T${time && `${time}:00`})`;

/** At night, when databases have time for it: the hour that the other schedules begin with. */
const NIGHT = '03:00';

/** The next night on the clocks of the zone: tomorrow there, which may be another day than here. */
export function nextNight(now: Date, timeZone: string): Once {
  const tomorrow = new Date(now.getTime() + 86_400_000);
  // Sweden writes days as ISO 8601 does.
  return { date: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(tomorrow), time: NIGHT };
}
