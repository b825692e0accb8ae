/**
 * What a connector is handed and what it answers. It has no AWS permission and knows nobody: one operation holds all that
 * it needs, and its stream is newline-delimited JSON, one record a line.
 */
import * as z from 'zod';
import { TestStep } from './connecting.ts';
import { EngineName } from './engines.ts';
import { NodePath } from './objects.ts';
import { BoundParameter } from './parameters.ts';
import { ResultRecord } from './results.ts';

/** One thing to do on a connection that is opened for it and closed behind it. */
export const Work = z.discriminatedUnion('do', [
  /** Opens it, and no more. */
  z.object({ do: z.literal('open') }),
  z.object({
    do: z.literal('run'),
    script: z.string(),
    maxRows: z.number().int().positive(),
    timeoutSeconds: z.number().int().positive(),
    parameters: z.array(BoundParameter).readonly().optional(),
    from: z.number().int().nonnegative().optional(),
    pauseAfterMs: z.number().nonnegative().optional(),
  }),
  z.object({ do: z.literal('children'), path: NodePath }),
  z.object({ do: z.literal('names') }),
  z.object({ do: z.literal('describe'), path: NodePath }),
  z.object({ do: z.literal('cancel'), handle: z.string() }),
  z.object({ do: z.literal('plan'), script: z.string(), maxRows: z.number().int().positive().optional() }),
  /** Goes the steps to an open database one by one. */
  z.object({ do: z.literal('probe') }),
]);
export type Work = z.infer<typeof Work>;

export const Operation = z.object({
  engine: EngineName,
  target: z.object({
    host: z.string(),
    port: z.number().int().min(1).max(65_535),
    database: z.string(),
    /** PEM of the authorities to trust, where they are not the connector's own. */
    ca: z.string().optional(),
  }),
  /** A password or a token signed a moment ago. `keys`, temporary ones, only where the protocol itself proves an identity. */
  login: z.object({
    user: z.string(),
    password: z.string(),
    keys: z
      .object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string().exactOptional() })
      .optional(),
  }),
  readOnly: z.boolean(),
  work: Work,
});
export type Operation = z.infer<typeof Operation>;

const About = z.object({ version: z.string(), user: z.string(), database: z.string() });

/**
 * `opened` comes first, unless the work is `probe`; `run` streams results, `probe` steps, and everything else gives one
 * `answer`. The stream ends with one of three: `end`; `error`, which is what the database or the way to it said; `failed`,
 * which is the connector's own fault. Without one of them it was cut. On the wire it is compressed by zstd, and flushed
 * after each line.
 */
export const ConnectorRecord = z.union([
  z.object({ type: z.literal('opened'), about: About }),
  z.object({ type: z.literal('answer'), value: z.unknown() }),
  TestStep,
  ResultRecord,
  /** `operation`: it was not understood, so both sides are not of one build. `fault`: the log line says more. */
  z.object({ type: z.literal('failed'), reason: z.enum(['operation', 'fault']) }),
]);
export type ConnectorRecord = z.infer<typeof ConnectorRecord>;
