/**
 * Aurora DSQL takes few settings, and no limit of time among them ("Supported session parameters"). Its only database is
 * `postgres`. It has no pg_backend_pid, so that the handle is the protocol's own key.
 */
export const setUp = (): readonly string[] => [
  'SET extra_float_digits = 3',
  `SET datestyle = 'ISO'`,
  `SELECT split_part(version(), ' ', 2), current_user, 'postgres'`,
];
