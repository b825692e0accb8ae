/** Whether this machine has what DynamoDB Local needs. */
import { execFile } from 'node:child_process';
import type { Lacking } from '../lacking.ts';

/** DynamoDB Local 3 runs on this major version of Java or a newer one (its README). */
const LEAST = 17;

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'brew install openjdk',
  win32: 'winget install EclipseAdoptium.Temurin.21.JDK',
};

export const LACKING_JAVA: Lacking = {
  what: `DynamoDB Local needs a JDK of Java ${LEAST} or newer: dynalite stands in, which knows no PartiQL and no time to live.`,
  command: COMMANDS[process.platform] ?? 'sudo apt-get install --yes default-jdk-headless',
};

/** True where `java` is on the path, new enough, and can compile: a run time alone cannot start it on loopback only. */
export const hasJava = (): Promise<boolean> =>
  new Promise((resolve) => {
    // A line for each module, such as `jdk.compiler@17.0.15`.
    execFile('java', ['--list-modules'], { timeout: 10_000 }, (error, stdout) => {
      resolve(!error && Number(/^jdk\.compiler@(\d+)/m.exec(stdout)?.[1]) >= LEAST);
    });
  });
