/** Calls of DynamoDB with the user's keys: which permission each needs, and what its failure means. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientConfig } from '../../aws/clients.ts';
import type { Credentials } from '../../ports/identity.ts';
import type { ServiceTarget } from '../engine.ts';
import { explain, type Need } from './explain.ts';

interface Options {
  readonly abortSignal: AbortSignal;
}

export class Calls {
  /** Whose keys they are. */
  readonly accessKeyId: string;
  readonly #reading: DynamoDBClient;
  readonly #writing: DynamoDBClient;
  readonly #target: ServiceTarget;
  readonly #signal: AbortSignal;

  /** `signal` ends every call of the connection. */
  constructor(target: ServiceTarget, keys: Credentials, signal: AbortSignal) {
    const config = clientConfig(keys, target.region);
    this.#reading = new DynamoDBClient(config);
    // What writes is sent once: a second try could add to a number twice where only the first answer was lost.
    this.#writing = new DynamoDBClient({ ...config, maxAttempts: 1 });
    this.accessKeyId = keys.accessKeyId;
    this.#target = target;
    this.#signal = signal;
  }

  /** Errors: AWS_DENIED naming action and ARN, OBJECT_NOT_FOUND, STATEMENT_FAILED, THROTTLED, AWS_UNAVAILABLE. */
  async send<T>(
    need: Need & { readonly writes?: boolean },
    call: (client: DynamoDBClient, options: Options) => Promise<T>,
    signal: AbortSignal = this.#signal,
  ): Promise<T> {
    try {
      return await call(need.writes ? this.#writing : this.#reading, { abortSignal: signal });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw explain(error, need, this.#target);
    }
  }
}
