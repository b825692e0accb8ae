/**
 * The errors that AWS answers with, which are not Lodge's own: thrown by an operation of the local account, and written
 * by the endpoint in the words of the protocol that was spoken.
 */

/** `what → [code of the query protocol, status, code of the JSON protocol, status]`, as STS, RDS, KMS and DynamoDB name it. */
const FAULTS = {
  missingToken: ['MissingAuthenticationToken', 403, 'MissingAuthenticationTokenException', 400],
  incomplete: ['IncompleteSignature', 400, 'IncompleteSignatureException', 400],
  unknownKey: ['InvalidClientTokenId', 403, 'UnrecognizedClientException', 400],
  badSignature: ['SignatureDoesNotMatch', 403, 'InvalidSignatureException', 400],
  expiredToken: ['ExpiredToken', 403, 'ExpiredTokenException', 400],
  denied: ['AccessDenied', 403, 'AccessDeniedException', 400],
  throttled: ['Throttling', 400, 'ThrottlingException', 400],
  unknownOperation: ['InvalidAction', 400, 'UnknownOperationException', 400],
  invalid: ['ValidationError', 400, 'ValidationException', 400],
  unavailable: ['ServiceUnavailable', 503, 'InternalServerError', 500],
  // These belong to one service each, so that both protocols say the same.
  invalidParameter: ['InvalidParameterValue', 400, 'InvalidParameterValue', 400],
  noRedshiftCluster: ['ClusterNotFound', 404, 'ClusterNotFound', 404],
  noResource: ['ResourceNotFoundException', 400, 'ResourceNotFoundException', 400],
  invalidRequest: ['InvalidRequestException', 400, 'InvalidRequestException', 400],
  noInstance: ['DBInstanceNotFound', 404, 'DBInstanceNotFound', 404],
  noCluster: ['DBClusterNotFoundFault', 404, 'DBClusterNotFoundFault', 404],
  invalidCiphertext: ['InvalidCiphertextException', 400, 'InvalidCiphertextException', 400],
  noKey: ['NotFoundException', 400, 'NotFoundException', 400],
  invalidJson: ['SerializationException', 400, 'SerializationException', 400],
} as const satisfies Record<string, readonly [string, number, string, number]>;

export type FaultName = keyof typeof FAULTS;
export type Protocol = 'query' | 'json';

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly fault: FaultName;

  constructor(fault: FaultName, message: string) {
    super(message);
    this.fault = fault;
  }

  /** The code and the HTTP status in one protocol. */
  in(protocol: Protocol): { code: string; status: number } {
    const [queryCode, queryStatus, jsonCode, jsonStatus] = FAULTS[this.fault];
    return protocol === 'query' ? { code: queryCode, status: queryStatus } : { code: jsonCode, status: jsonStatus };
  }
}
