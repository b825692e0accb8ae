/** AWS credentials in the SDK's own shape. Without a session token they are long-term. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** STS: who somebody is, and temporary credentials for long-term ones. */
export interface Identity {
  /** Errors: KEYS_INVALID, KEYS_EXPIRED, CLOCK_SKEW, THROTTLED, AWS_UNAVAILABLE. */
  whoIs(keys: Credentials): Promise<{ arn: string; accountId: string; userId: string }>;
  /** Only for long-term keys of an IAM user. `seconds` is at least 900 and at most 129,600 (STS API reference). */
  exchange(keys: Credentials, seconds: number): Promise<{ credentials: Required<Credentials>; expiresAt: Date }>;
  /** The account's alias, best effort: undefined where there is none, or it may not be read, or IAM is slow. */
  alias(keys: Credentials): Promise<string | undefined>;
  /** The path of a role, which the ARN of its sessions has lost. Errors: AWS_DENIED, and those of AWS. */
  rolePath(keys: Credentials, role: string): Promise<string>;
  /**
   * The tags that a user or role bears. Those that were passed to a session are not among them: AWS tells them to policies
   * and to CloudTrail only. Errors: AWS_DENIED, and those of AWS.
   */
  tags(keys: Credentials, of: { kind: 'user' | 'role'; name: string }): Promise<Readonly<Record<string, string>>>;
}
