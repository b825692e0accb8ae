/**
 * The errors that AWS answers with, which are not Lodge's own: thrown by an operation of the local account, and written
 * by the endpoint in the words of the protocol that was spoken.
 */

type CodeAndStatus = readonly [code: string, status: number];

/**
 * What every service knows, in the words of each protocol: STS and RDS speak `query`, KMS and DynamoDB `json`, DSQL `rest`,
 * and S3 its own (S3 API reference, "Error responses").
 */
const COMMON = {
  missingToken: {
    query: ['MissingAuthenticationToken', 403],
    json: ['MissingAuthenticationTokenException', 400],
    rest: ['MissingAuthenticationTokenException', 403],
    s3: ['AccessDenied', 403],
  },
  incomplete: {
    query: ['IncompleteSignature', 400],
    json: ['IncompleteSignatureException', 400],
    rest: ['IncompleteSignatureException', 403],
    s3: ['AuthorizationHeaderMalformed', 400],
  },
  unknownKey: {
    query: ['InvalidClientTokenId', 403],
    json: ['UnrecognizedClientException', 400],
    rest: ['UnrecognizedClientException', 403],
    s3: ['InvalidAccessKeyId', 403],
  },
  badSignature: {
    query: ['SignatureDoesNotMatch', 403],
    json: ['InvalidSignatureException', 400],
    rest: ['InvalidSignatureException', 403],
    s3: ['SignatureDoesNotMatch', 403],
  },
  expiredToken: {
    query: ['ExpiredToken', 403],
    json: ['ExpiredTokenException', 400],
    rest: ['ExpiredTokenException', 403],
    s3: ['ExpiredToken', 400],
  },
  denied: {
    query: ['AccessDenied', 403],
    json: ['AccessDeniedException', 400],
    rest: ['AccessDeniedException', 403],
    s3: ['AccessDenied', 403],
  },
  throttled: {
    query: ['Throttling', 400],
    json: ['ThrottlingException', 400],
    rest: ['ThrottlingException', 429],
    s3: ['SlowDown', 503],
  },
  unknownOperation: {
    query: ['InvalidAction', 400],
    json: ['UnknownOperationException', 400],
    rest: ['UnknownOperationException', 404],
    s3: ['NotImplemented', 501],
  },
  invalid: {
    query: ['ValidationError', 400],
    json: ['ValidationException', 400],
    rest: ['ValidationException', 400],
    s3: ['InvalidArgument', 400],
  },
  noResource: {
    query: ['ResourceNotFoundFault', 404],
    json: ['ResourceNotFoundException', 400],
    rest: ['ResourceNotFoundException', 404],
    s3: ['NoSuchKey', 404],
  },
  unavailable: {
    query: ['ServiceUnavailable', 503],
    json: ['InternalServerError', 500],
    rest: ['InternalServerException', 500],
    s3: ['InternalError', 500],
  },
} as const satisfies Record<string, Readonly<Record<Protocol, CodeAndStatus>>>;

/** What belongs to one service each, and is said by it alone. */
const OF_A_SERVICE = {
  invalidParameter: ['InvalidParameterValue', 400],
  noEntity: ['NoSuchEntity', 404],
  noRedshiftCluster: ['ClusterNotFound', 404],
  invalidRequest: ['InvalidRequestException', 400],
  noInstance: ['DBInstanceNotFound', 404],
  noSubnetGroup: ['DBSubnetGroupNotFoundFault', 404],
  noProxy: ['DBProxyNotFoundFault', 404],
  noProxyEndpoint: ['DBProxyEndpointNotFoundFault', 404],
  invalidCombination: ['InvalidParameterCombination', 400],
  noCluster: ['DBClusterNotFoundFault', 404],
  invalidCiphertext: ['InvalidCiphertextException', 400],
  noKey: ['NotFoundException', 400],
  invalidJson: ['SerializationException', 400],
  noBucket: ['NoSuchBucket', 404],
  noUpload: ['NoSuchUpload', 404],
  invalidPart: ['InvalidPart', 400],
  invalidPartOrder: ['InvalidPartOrder', 400],
  partTooSmall: ['EntityTooSmall', 400],
  malformedXml: ['MalformedXML', 400],
  invalidS3Request: ['InvalidRequest', 400],
  invalidRange: ['InvalidRange', 416],
  badDigest: ['BadDigest', 400],
  otherContent: ['XAmzContentSHA256Mismatch', 400],
  incompleteBody: ['IncompleteBody', 400],
  malformedTrailer: ['MalformedTrailerError', 400],
  missingLength: ['MissingContentLength', 411],
  timeTooSkewed: ['RequestTimeTooSkewed', 403],
  conflict: ['ConflictException', 409],
  noMachine: ['StateMachineDoesNotExist', 400],
  noExecution: ['ExecutionDoesNotExist', 400],
  executionExists: ['ExecutionAlreadyExists', 400],
  invalidExecutionName: ['InvalidName', 400],
  invalidExecutionInput: ['InvalidExecutionInput', 400],
  noTask: ['TaskDoesNotExist', 400],
  invalidOutput: ['InvalidOutput', 400],
  invalidQueryAuth: ['AuthorizationQueryParametersError', 400],
} as const satisfies Record<string, CodeAndStatus>;

export type FaultName = keyof typeof COMMON | keyof typeof OF_A_SERVICE;
export type Protocol = 'query' | 'json' | 'rest' | 's3';

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly fault: FaultName;

  constructor(fault: FaultName, message: string) {
    super(message);
    this.fault = fault;
  }

  /** The code and the HTTP status in one protocol. */
  in(protocol: Protocol): { code: string; status: number } {
    const { fault } = this;
    const [code, status] = isCommon(fault) ? COMMON[fault][protocol] : OF_A_SERVICE[fault];
    return { code, status };
  }
}

const isCommon = (fault: FaultName): fault is keyof typeof COMMON => Object.hasOwn(COMMON, fault);
