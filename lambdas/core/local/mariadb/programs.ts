/** Where this machine keeps MariaDB's programs. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Beside the PATH: where Debian and others put servers, which a user's PATH leaves out. */
const PLACES = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin'];

export interface Programs {
  readonly server: string;
  /** Makes a folder of data. */
  readonly install: string;
}

/** What to do where it is missing. */
export const MARIADB_COMMAND = 'apt-get install mariadb-server';

/** Undefined: MariaDB is not installed. */
export const findMariaDb = async (path: string = process.env.PATH ?? ''): Promise<Programs | undefined> => {
  const places = [...path.split(delimiter).filter(Boolean), ...PLACES];
  const server = await find('mariadbd', places);
  const install = await find('mariadb-install-db', places);
  return server && install ? { server, install } : undefined;
};

const find = async (name: string, places: readonly string[]): Promise<string | undefined> => {
  for (const place of places) {
    const file = join(place, name);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
};
