/**
 * Values with as many digits as Redshift gives (its `extra_float_digits` ends at 2: a REAL may still lose its ninth), and
 * who we are. `SET SESSION CHARACTERISTICS` is the second lock of a reader. The handle is `pid.time`: a session of that pid
 * which is no younger is this one, since no pid belongs to two sessions at once (see `cancel.ts`). GETDATE speaks in the
 * session's time zone, in whole seconds.
 */
const WHO = `
select split_part(version(), 'Redshift ', 2), current_user, current_database(),
  cast(pg_backend_pid() as varchar) || '.' || to_char(getdate()::timestamptz at time zone 'UTC', 'YYYYMMDDHH24MISS')`;

export const setUp = (readOnly: boolean): readonly string[] => [
  'SET extra_float_digits TO 2',
  'SET datestyle TO ISO',
  // For the catalogue; a script has its own.
  'SET statement_timeout TO 20000',
  ...(readOnly ? ['SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY'] : []),
  WHO,
];
