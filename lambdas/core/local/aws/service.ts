/** The shapes of an emulated service: its operations as data, so that the endpoint needs no branch for any of them. */
import { allows } from '../account/policy.ts';
import type { Key } from '../account/registry.ts';
import { Fault } from './fault.ts';
import type { XmlElement } from './xml.ts';

/** One verified call. */
export interface Caller {
  readonly key: Key;
  readonly region: string;
  /** Faults: denied, in AWS's words. Some services call the resource by another name there: IAM says `role NAME`. */
  authorize(action: string, resource: string, called?: string): void;
}

/** An answer that is passed on byte for byte: at once, or as its body comes. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is left, and so ended, where its reader leaves. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** An answer that is all there. */
export interface WholeAnswer extends RawAnswer {
  readonly body: Uint8Array;
}

export interface QueryService {
  readonly protocol: 'query';
  /** The service that a signature must be scoped to. */
  readonly name: string;
  /** What `Version` says in every call. */
  readonly version: string;
  readonly namespace: string;
  readonly operations: Readonly<
    Record<string, (parameters: ReadonlyMap<string, string>, caller: Caller) => XmlElement>
  >;
}

export interface JsonService {
  readonly protocol: 'json';
  readonly name: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  readonly contentType: string;
  /** Undefined: the service has no such operation. */
  answer(operation: string, body: Buffer, caller: Caller): Promise<RawAnswer> | undefined;
}

/** A service whose operations are methods and paths. All services share one address here, so the signature says which is meant. */
export interface RestService {
  readonly protocol: 'rest';
  readonly name: string;
  readonly operations: readonly RestOperation[];
}

export interface RestOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/cluster/{identifier}`: a name in braces stands for one segment, whatever is encoded in it. */
  readonly path: string;
  answer(call: RestCall, caller: Caller): RawAnswer | Promise<RawAnswer>;
}

interface RestCall {
  /** What stood at the names in braces, decoded. */
  readonly path: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** S3, which speaks a protocol of its own: `s3.ts` has its operations. */
export interface S3Service {
  readonly protocol: 's3';
  readonly name: 's3';
  /** Whether there is such a bucket: a request for it that nobody signed is S3's to refuse. */
  has(bucket: string): boolean;
  answer(call: S3Call, caller: Caller): Promise<RawAnswer>;
}

export interface S3Call {
  readonly method: string;
  readonly bucket: string;
  /** Empty where the bucket itself is meant. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body as it comes over the wire. */
  readonly body: AsyncIterable<Buffer>;
}

export type Service = QueryService | JsonService | RestService | S3Service;

export const callerOf = (key: Key, region: string): Caller => ({
  key,
  region,
  authorize(action, resource, called = resource) {
    if (allows(key.principal.allows, action, resource, { 'aws:RequestedRegion': region })) return;
    throw new Fault(
      'denied',
      `User: ${key.principal.arn} is not authorized to perform: ${action} on resource: ${called} ` +
        `because no identity-based policy allows the ${action} action`,
    );
  },
});
