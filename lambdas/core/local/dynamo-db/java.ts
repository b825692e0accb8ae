/** Whether this machine has what DynamoDB Local needs. */
import { execFile } from 'node:child_process';
import type { Lacking } from '../local-account.ts';

/** DynamoDB Local 3 runs on this major version of Java or a newer one (its README). */
const LEAST = 17;

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'brew install openjdk',
  win32: 'winget install EclipseAdoptium.Temurin.21.JRE',
};

export const LACKING_JAVA: Lacking = {
  what: `DynamoDB Local needs Java ${LEAST} or newer: dynalite stands in, which knows no PartiQL and no time to live.`,
  command: COMMANDS[process.platform] ?? 'sudo apt-get install --yes default-jre-headless',
};

/** True where `java` is on the path and new enough. */
export const hasJava = (): Promise<boolean> =>
  new Promise((resolve) => {
    // `java -version` writes to the standard error: `openjdk version "17.0.15" …`.
    execFile('java', ['-version'], { timeout: 10_000 }, (error, _stdout, stderr) => {
      const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
      resolve(!error && major >= LEAST);
    });
  });
