/**
 * What this machine has beside npm, for the tests that need more. Where it is missing they are skipped, and a line says
 * what was skipped and which command adds it; with CI=true they fail instead.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { DOCUMENTDB_COMMAND, findProgram } from '#core/local/documentdb/programs.ts';

interface Need {
  readonly title: string;
  /** The one command that adds it. */
  readonly command: string;
  isHere(): boolean;
}

/** Browsers of the Chromium family by the names that packages give them. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Where systems put them that have no path of commands for it. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  join(process.env.ProgramFiles ?? 'C:\\Program Files', 'Google/Chrome/Application/chrome.exe'),
];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser's file: the machine's own, or the one that playwright-core has installed; undefined where there is none. */
export const chromiumPath = (): string | undefined => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const own = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...own, ...PLACES, chromium.executablePath()].find((file) => file && isExecutable(file));
};

/** DynamoDB Local 3 runs on Java 17 and newer; starting it on loopback only takes a JDK. */
const hasJava = (): boolean => {
  const { status, stdout } = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  return status === 0 && Number(/^jdk\.compiler@(\d+)/m.exec(stdout)?.[1]) >= 17;
};

/** Debian keeps servers where a user's PATH does not lead. */
const hasMariaDb = (): boolean =>
  ['', '/usr/sbin/', '/usr/local/sbin/', '/opt/homebrew/bin/'].some(
    (place) => spawnSync(`${place}mariadbd`, ['--version']).status === 0,
  );

const NEEDS = {
  chromium: {
    title: 'Chromium',
    command: 'npx playwright-core install --with-deps chromium',
    isHere: () => chromiumPath() !== undefined,
  },
  java: {
    title: 'JDK 17 or newer',
    command: 'sudo apt-get install --yes default-jdk-headless',
    isHere: hasJava,
  },
  mariadb: {
    title: 'MariaDB',
    command: 'sudo apt-get install --yes mariadb-server',
    isHere: hasMariaDb,
  },
  documentdb: {
    title: 'server of documents (FerretDB or mongod)',
    command: DOCUMENTDB_COMMAND,
    isHere: () => findProgram() !== undefined,
  },
} as const satisfies Record<string, Need>;

/** As `describe`, for tests that need something which a machine may not have. */
export function describeWith(name: keyof typeof NEEDS, title: string, suite: () => void): void {
  const { title: missing, command, isHere } = NEEDS[name];
  if (isHere()) describe(title, suite);
  else if (process.env.CI === 'true') describe(title, () => refuse(missing, command));
  else {
    process.stderr.write(`Skipped, for this machine has no ${missing}: ${title}. This adds it: ${command}\n`);
    describe.skip(title, suite);
  }
}

function refuse(missing: string, command: string): void {
  it(`finds ${missing} on this machine`, () => {
    throw new Error(`With CI=true nothing is skipped. This adds ${missing}: ${command}`);
  });
}
