/** What it takes to connect, and the records of a test of it. */
import * as z from 'zod';
import { LoginMethod } from './engines.ts';
import { ErrorBody } from './errors.ts';
import { Assume } from './resources.ts';

/**
 * The steps from a login to an open database, in their order. `credentials`: the token or the secret. `name`: DNS.
 * `route`: packets find a way (else they are swallowed: a security group, a route table). `port`: something listens.
 * `tls`: a certificate that is trusted. `login`: the database lets the user in.
 */
export const CONNECT_STEPS = {
  credentials: 'Credentials',
  name: 'Name',
  route: 'Route',
  port: 'Port',
  tls: 'TLS',
  login: 'Login',
} as const;
export const ConnectStep = z.enum(
  Object.keys(CONNECT_STEPS) as [keyof typeof CONNECT_STEPS, ...(keyof typeof CONNECT_STEPS)[]],
);
export type ConnectStep = z.infer<typeof ConnectStep>;

/** The body of `POST /api/connections` and of its test. */
export const ConnectRequest = z.object({
  resourceId: z.string().min(1).max(2_048),
  login: z.object({
    method: LoginMethod,
    /** Left out where the method asks for none. */
    user: z.string().trim().min(1, 'is empty').max(128).optional(),
    password: z.string().min(1, 'is empty').max(1_024).optional(),
    /** For `secret`: another than the managed one. */
    secretArn: z
      .string()
      .trim()
      .regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S{1,512}$/, 'is not the ARN of a secret')
      .optional(),
  }),
  database: z.string().trim().min(1).max(128).optional(),
  /** The host of one of the resource's endpoints; left out: its first. */
  endpoint: z.string().trim().min(1).max(255).optional(),
  assume: Assume.optional(),
});
export type ConnectRequest = z.infer<typeof ConnectRequest>;

/** One step, as it passes or fails. */
export const TestStep = z.object({
  type: z.literal('step'),
  step: ConnectStep,
  state: z.enum(['passed', 'failed']),
  elapsedMs: z.number(),
  /** What was seen: addresses, the certificate's issuer, the server's version. */
  detail: z.string().optional(),
  error: ErrorBody.optional(),
});
export type TestStep = z.infer<typeof TestStep>;

/** One record a step, as it passes; the steps end with the one that failed, if any did. */
export const TestRecord = z.discriminatedUnion('type', [
  TestStep,
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('error'), error: ErrorBody }),
  z.object({ type: z.literal('end'), elapsedMs: z.number() }),
]);
export type TestRecord = z.infer<typeof TestRecord>;
