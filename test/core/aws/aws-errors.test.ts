import { AppError } from '#contract/errors.ts';
import { explainAwsError, explainOwnError } from '#core/aws/aws-errors.ts';

const sdkError = (name: string, changes: object = {}): Error =>
  Object.assign(
    new Error('the signed request was AKIA…'),
    { name, $fault: 'client', $metadata: { httpStatusCode: 400 } },
    changes,
  );

const action = 'rds:DescribeDBInstances';

describe('with keys that were just typed', () => {
  const explain = (error: unknown) => explainAwsError(error, { action: 'sts:GetCallerIdentity', keys: 'typed' });

  test.each([
    ['InvalidClientTokenId', 'KEYS_INVALID', 'does not know this access key'],
    ['UnrecognizedClientException', 'KEYS_INVALID', 'does not know this access key'],
    ['InvalidAccessKeyId', 'KEYS_INVALID', 'does not know this access key'],
    ['SignatureDoesNotMatch', 'KEYS_INVALID', 'secret access key does not belong'],
    ['InvalidSignatureException', 'KEYS_INVALID', 'secret access key does not belong'],
    ['IncompleteSignature', 'KEYS_INVALID', 'secret access key does not belong'],
    ['ExpiredToken', 'KEYS_EXPIRED', 'have expired'],
    ['ExpiredTokenException', 'KEYS_EXPIRED', 'have expired'],
    ['RequestExpired', 'KEYS_EXPIRED', 'have expired'],
    ['RequestTimeTooSkewed', 'CLOCK_SKEW', 'Check the clock'],
  ])('%s means %s', (name, code, words) => {
    const error = explain(sdkError(name));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test.each([
    'Signature expired: 20261123T090000Z is now earlier than 20261123T094500Z',
    'Signature not yet current: 20261123T110000Z is still later than 20261123T101500Z',
  ])('a wrong signature that says "%s" is a wrong clock', (message) => {
    expect(explain(Object.assign(sdkError('SignatureDoesNotMatch'), { message })).code).toBe('CLOCK_SKEW');
  });
});

describe("with a session's keys", () => {
  const explain = (error: unknown, resource?: string) =>
    explainAwsError(error, resource ? { action, resource } : { action });

  test.each([
    ['ExpiredToken', 'SESSION_EXPIRED'],
    ['ExpiredTokenException', 'SESSION_EXPIRED'],
    ['InvalidClientTokenId', 'SESSION_INVALID'],
    ['SignatureDoesNotMatch', 'SESSION_INVALID'],
  ])('%s means to sign in again (%s)', (name, code) => {
    expect(explain(sdkError(name))).toMatchObject({
      code,
      status: 401,
      message: expect.stringContaining('Sign in again'),
    });
  });

  test.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'NotAuthorized', 'OptInRequired'])(
    '%s names the one action that is missing',
    (name) => {
      const error = explain(sdkError(name), 'arn:aws:rds:eu-central-1:1:db:shop');
      expect(error.code).toBe('AWS_DENIED');
      expect(error.message).toBe('Your keys do not allow rds:DescribeDBInstances.');
      expect(error.details).toEqual({ action, resource: 'arn:aws:rds:eu-central-1:1:db:shop' });
    },
  );

  test.each(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded'])(
    '%s means to slow down',
    (name) => expect(explain(sdkError(name)).code).toBe('THROTTLED'),
  );

  test.each([
    sdkError('InternalFailure', { $fault: 'server', $metadata: { httpStatusCode: 500 } }),
    sdkError('ServiceUnavailable', { $fault: 'server', $metadata: { httpStatusCode: 503 } }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('timed out'), { name: 'TimeoutError' }),
    Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }),
    'not even an error',
    undefined,
  ])('everything else means that AWS is out of reach: %p', (error) => {
    expect(explain(error)).toMatchObject({ code: 'AWS_UNAVAILABLE', details: { action }, cause: error });
  });

  test('what is ours already stays', () => {
    const error = new AppError('READ_ONLY');
    expect(explain(error)).toBe(error);
  });
});

test.each([
  [
    'names',
    'User: x is not authorized to perform: a:B on resource: arn:aws:redshift:eu-central-1:1:dbname:w/dev because …',
    'arn:aws:redshift:eu-central-1:1:dbname:w/dev',
  ],
  [
    'puts into quotes, as S3 does',
    'User: x is not authorized to perform: a:B on resource: "arn:aws:s3:::bucket/a.csv" because …',
    'arn:aws:s3:::bucket/a.csv',
  ],
  ['does not name', 'Access Denied', 'arn:asked'],
  ['names none of', 'User: x is not authorized to perform: a:B on resource: *', 'arn:asked'],
])('of what is denied, the ARN is said that AWS %s', (_title, message, resource) => {
  const error = Object.assign(new Error(message), { name: 'AccessDenied' });
  expect(explainAwsError(error, { action: 'a:B', resource: 'arn:asked' }).details).toEqual({ action: 'a:B', resource });
});

test('a sentence of the SDK is never passed on', () => {
  for (const name of ['InvalidClientTokenId', 'SignatureDoesNotMatch', 'AccessDenied', 'ExpiredToken', 'Odd'])
    for (const keys of ['typed', 'session'] as const)
      expect(JSON.stringify(explainAwsError(sdkError(name), { action, keys }).body('r'))).not.toContain('AKIA');
});

describe("with Lodge's own permissions", () => {
  test.each([
    [sdkError('ThrottlingException'), 'THROTTLED'],
    [sdkError('ProvisionedThroughputExceededException'), 'THROTTLED'],
    [sdkError('AccessDeniedException'), 'INTERNAL'],
    [sdkError('ResourceNotFoundException'), 'INTERNAL'],
    [sdkError('InternalServerError', { $fault: 'server', $metadata: { httpStatusCode: 500 } }), 'AWS_UNAVAILABLE'],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'AWS_UNAVAILABLE'],
  ])('%p is %s', (error, code) => {
    expect(explainOwnError(error)).toMatchObject({ code, cause: error });
  });

  test('what is ours already stays', () => {
    const error = new AppError('ALREADY_CLAIMED');
    expect(explainOwnError(error)).toBe(error);
  });
});
