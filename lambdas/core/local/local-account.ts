/**
 * The local account: everything that `npm start` needs of AWS, on one machine. Real PostgreSQL behind gateways that
 * verify RDS IAM tokens, a real DynamoDB, and one AWS endpoint that verifies every signature.
 */
import { AppError } from '#contract/errors.ts';
import type { Credentials } from '../ports.ts';

export interface LocalAccountOptions {
  /** Where all state lives, such as `.lodge`. */
  readonly folder: string;
  /** True: what the folder holds is thrown away first. */
  readonly fresh: boolean;
  /** One line of progress; only slow steps say anything. */
  print(line: string): void;
  /** How many rows `analytics.events` gets when it is made; a million unless said otherwise. */
  readonly eventsRows?: number;
}

/** A person to sign in as. */
export interface DemoUser extends Credentials {
  /** Who it is and what it shows, as a short phrase. */
  readonly title: string;
}

/** What this machine does not have, and the one command that would add it. */
export interface Lacking {
  readonly what: string;
  readonly command: string;
}

/** A running local account. Disposing it ends everything that it started. */
export interface LocalAccount extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** What belongs into `process.env` before an adapter is made. */
  readonly environment: Readonly<Record<string, string>>;
  /** The first is the one who should claim. */
  readonly demoUsers: readonly DemoUser[];
  /** A line for each thing that runs. */
  readonly running: readonly string[];
  readonly lacking: readonly Lacking[];
}

/** Starts the local account; everything listens on 127.0.0.1 on free ports. */
export const startLocalAccount = async (_options: LocalAccountOptions): Promise<LocalAccount> => {
  throw new AppError('INTERNAL', { message: 'The local account is not here yet.' });
};
