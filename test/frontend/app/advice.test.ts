import { ERRORS } from '#contract/errors.ts';
import { ApiError } from '../../../frontend/src/api.ts';
import { fieldErrors, problemOf } from '../../../frontend/src/app/advice.ts';

const error = (code: string, details?: ApiError['details']) =>
  new ApiError({ code, message: 'It was refused.', requestId: 'r-1', details });

describe('problemOf', () => {
  it('shows the sentence, the advice and the request id', () => {
    expect(problemOf(error('KEYS_INVALID'))).toEqual({
      code: 'KEYS_INVALID',
      message: 'It was refused.',
      requestId: 'r-1',
      advice: expect.stringContaining('secret'),
    });
  });

  it("puts the server's own hint before the general advice", () => {
    expect(problemOf(error('LOGIN_FAILED', { hint: 'Grant rds_iam.' })).advice).toBe('Grant rds_iam.');
  });

  it('has the statement that would allow what is missing', () => {
    const arn = 'arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-X/app';
    const { policy } = problemOf(error('AWS_DENIED', { action: 'rds-db:connect', resource: arn }));
    expect(policy).toMatchObject({ action: 'rds-db:connect', resource: arn });
    expect(JSON.parse(policy?.statement ?? '')).toMatchObject({ Action: 'rds-db:connect', Resource: arn });
    expect(problemOf(error('AWS_DENIED', { action: 'rds:X' })).policy?.resource).toBe('*');
    expect(problemOf(error('AWS_DENIED'))).not.toHaveProperty('policy');
  });

  it('says nothing more where the sentence says it all', () => {
    expect(problemOf(error('STATEMENT_CANCELLED')).advice).toBeUndefined();
  });

  it.each(['KEYS_INVALID', 'KEYS_EXPIRED', 'CLOCK_SKEW', 'ROOT_REFUSED', 'AWS_UNAVAILABLE', 'THROTTLED'] as const)(
    'says what to do when signing in ends with %s',
    (code) => {
      const { message, advice } = problemOf(new ApiError({ code, message: ERRORS[code][1] }));
      expect(`${message} ${advice}`).toMatch(/Check|Get|Use|Try|Wait|Set/);
    },
  );

  it('does not show what an unexpected error says', () => {
    const problem = problemOf(new TypeError('secret of the page'));
    expect(JSON.stringify(problem)).not.toContain('secret of the page');
    expect(problem.code).toBe('UNEXPECTED');
  });

  it('gives advice as whole sentences, for codes of the contract', () => {
    for (const code of Object.keys(ERRORS)) {
      const { advice } = problemOf(error(code));
      if (advice !== undefined) expect(advice).toMatch(/^[A-Z].*[.:]$/);
    }
  });
});

describe('fieldErrors', () => {
  it('names each wrong field by the last part of its path', () => {
    const fields = [
      { path: 'body.accessKeyId', message: 'is wrong' },
      { path: 'name', message: 'is empty' },
    ];
    expect(fieldErrors(error('INPUT_INVALID', { fields }))).toEqual({ accessKeyId: 'is wrong', name: 'is empty' });
  });

  it('finds none in other errors', () => {
    expect(fieldErrors(error('INTERNAL'))).toEqual({});
    expect(fieldErrors(undefined)).toEqual({});
  });
});
