/** How one protocol is spoken: a file each, a row each in `start-aws-endpoint.ts`. */

import type { Key, Registry } from '../account/registry.ts';
import type { Fault } from './fault.ts';
import type { AwsRequest } from './read-request.ts';
import type { Caller, RawAnswer, Service } from './service.ts';
import type { SignedRequest } from './verify-request.ts';

export interface Speaking<S extends Service> {
  /** Whether a request is meant for this service, before its signature is looked at. */
  isMeant(service: S, request: AwsRequest): boolean;
  /** Whose key signed it, and for which region. Faults: all that AWS has for a signature. */
  verify(request: SignedRequest, service: string, registry: Registry, now: number): { key: Key; region: string };
  /** Faults: unknownOperation, and those of the operation. */
  run(service: S, request: AwsRequest, caller: Caller, requestId: string): RawAnswer | Promise<RawAnswer>;
  /** A refusal in the protocol's words; without a service where none was meant. */
  refuse(service: S | undefined, fault: Fault, requestId: string): RawAnswer;
}
