import { AppError } from '#contract/errors.ts';
import { explainAbsence } from '#core/aws/discovery/absent-regions.ts';

const thrown = (fields: object) => Object.assign(new Error('of AWS'), fields);
const codeIn = (region: string, error: unknown) => explainAbsence(region, error)?.code;

test.each(['InvalidClientTokenId', 'UnrecognizedClientException', 'AuthFailure'])(
  '%s means that an opt-in region is not enabled, and a wrong key everywhere else',
  (name) => {
    expect(codeIn('af-south-1', thrown({ name }))).toBe('REGION_DISABLED');
    expect(codeIn('eu-central-9', thrown({ name }))).toBe('REGION_DISABLED');
    expect(codeIn('eu-central-1', thrown({ name }))).toBeUndefined();
    expect(codeIn('us-gov-west-1', thrown({ name }))).toBeUndefined();
  },
);

test.each([{ name: 'OptInRequired' }, { name: 'SubscriptionRequiredException' }, { code: 'ENOTFOUND' }])(
  '%p means that the service is not there, in every region',
  (fields) => expect(codeIn('us-east-1', thrown(fields))).toBe('REGION_DISABLED'),
);

test('an error that was explained already is looked at by its cause', () => {
  const cause = thrown({ name: 'UnrecognizedClientException' });
  expect(codeIn('ap-east-1', new AppError('SESSION_INVALID', { cause }))).toBe('REGION_DISABLED');
});

test.each([{ name: 'AccessDenied' }, { code: 'EAI_AGAIN' }, { name: 'ThrottlingException' }, {}])(
  '%p means what it says',
  (fields) => expect(codeIn('af-south-1', thrown(fields))).toBeUndefined(),
);
