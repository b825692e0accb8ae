/**
 * Settings for values with all their digits and for what happens when Lodge's end dies, and who we are. The handle is
 * `pid.start`: the start tells a backend from a later one with the same pid.
 * The function behind pg_stat_activity answers in half the view's time. `client_connection_check_interval` is new in
 * PostgreSQL 14 and refused outside Linux.
 */
export const setUp = (readOnly: boolean): readonly string[] => [
  `select current_setting('server_version'), current_user, current_database(),
  pg_backend_pid() || '.' || (
    select to_char(backend_start at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
    from pg_catalog.pg_stat_get_activity(pg_backend_pid())),
  set_config('DateStyle', 'ISO', false),
  set_config('extra_float_digits', '3', false),
  set_config('idle_in_transaction_session_timeout', '5min', false),
  set_config('statement_timeout', '20s', false),
  set_config('default_transaction_read_only', '${readOnly ? 'on' : 'off'}', false),
  case when current_setting('server_version_num')::int >= 140000 and version() like '%linux%'
    then set_config('client_connection_check_interval', '5s', false) end`,
];
