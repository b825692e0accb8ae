/** The ways to log in that a gateway verifies by itself, because the database behind it cannot. */

/** A login as it was asked for; `port` is the gateway's own, and `now` in milliseconds. */
interface Attempt {
  readonly user: string;
  readonly password: string;
  readonly database: string | undefined;
  readonly port: number;
  readonly now: number;
}

export interface Admitted {
  /** The database's user as whom the client goes on. */
  readonly role: string;
  /** Given: the user is made where it is missing, as a member of this group. */
  readonly group?: string;
}

/** The users of one database server, and how a gateway logs in for those whom it has verified. */
export interface VerifiedUsers extends AsyncDisposable {
  /** True where a user logs in with an RDS token: a member of rds_iam. */
  usesIam(user: string): Promise<boolean>;
  /** A password that nobody else can know. */
  passwordOf(admitted: Admitted): Promise<string>;
}

export interface Verifier {
  /** Whether it is the one to ask. Users of whom no verifier knows speak with the database itself. */
  knows(user: string, users: VerifiedUsers): boolean | Promise<boolean>;
  /** Undefined: refused. */
  admit(attempt: Attempt): Admitted | undefined;
  /** What a refused client is told over PostgreSQL's protocol, in AWS's words. */
  refusal(user: string): string;
}

/** The first that knows the user. */
export const verifierFor = async (
  verifiers: readonly Verifier[],
  user: string,
  users: VerifiedUsers,
): Promise<Verifier | undefined> => {
  for (const verifier of verifiers) if (await verifier.knows(user, users)) return verifier;
  return undefined;
};
