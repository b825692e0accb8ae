/** Where MariaDB and MySQL go different ways, as data. */

export interface Flavour {
  readonly title: string;
  /** What ends a statement after so many seconds. MySQL's knows SELECT only; Lodge stops the rest itself. */
  limit(seconds: number): string;
  /** The seconds that the server has been running, as an expression. */
  readonly uptime: string;
  /** The estimated rows of a table in TABLES, where that costs nothing: MariaDB opens each table for it. */
  readonly tableRows: string;
}

export const MARIADB: Flavour = {
  title: 'MariaDB',
  limit: (seconds) => `SESSION max_statement_time = ${seconds}`,
  uptime: `(SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'UPTIME')`,
  tableRows: 'NULL',
};

export const MYSQL: Flavour = {
  title: 'MySQL',
  limit: (seconds) => `SESSION max_execution_time = ${seconds * 1_000}`,
  uptime: `(SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Uptime')`,
  tableRows: 'TABLE_ROWS',
};
