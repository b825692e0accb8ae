/** How one protocol is spoken: a file each, a row each in `start-aws-endpoint.ts`. */
import type { Fault } from './fault.ts';
import type { AwsRequest } from './read-request.ts';
import type { Caller, RawAnswer, Service } from './service.ts';

export interface Speaking<S extends Service> {
  /** Whether a request is meant for this service, before its signature is looked at. */
  isMeant(service: S, request: AwsRequest): boolean;
  /** Faults: unknownOperation, and those of the operation. */
  run(service: S, request: AwsRequest, caller: Caller, requestId: string): RawAnswer | Promise<RawAnswer>;
  /** A refusal in the protocol's words; without a service where none was meant. */
  refuse(service: S | undefined, fault: Fault, requestId: string): RawAnswer;
}
