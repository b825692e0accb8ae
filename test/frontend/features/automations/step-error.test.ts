import { runPolicy } from '#contract/run-policy.ts';
import { stepError } from '../../../../frontend/src/features/automations/step-error.ts';
import { resource } from '../../../support/resources.ts';

const login = { method: 'iam', user: 'app' } as const;
const { policy } = runPolicy({ resource: resource(), login, readOnly: true, tables: [] });
const error = (code: string, details: object) => ({ code, message: 'No.', requestId: 'r', details }) as never;

test('a role that cannot be assumed is led to the trust policy, and to no statement of its own', () => {
  const { details } = stepError(error('ROLE_NOT_ASSUMABLE', { action: 'sts:AssumeRole', hint: 'long' }), policy);
  expect(details?.hint).toMatch(/^Paste the trust policy above/);
  expect(details?.action).toBeUndefined();
});

test('what the permission policy allows is led to it, after what the server advises', () => {
  const denied = stepError(error('AWS_DENIED', { action: 'rds:DescribeDBInstances' }), policy);
  expect(denied.details?.hint).toMatch(/^The permission policy above allows it/);
  const refused = stepError(error('LOGIN_FAILED', { action: 'rds-db:connect', hint: 'Grant rds_iam.' }), policy);
  expect(refused.details?.hint).toMatch(/^Grant rds_iam\. The permission policy above/);
});

test('what neither policy mends stays as the server says it', () => {
  const other = error('AWS_DENIED', { action: 'rds:DescribeDBProxies' });
  expect(stepError(other, policy)).toBe(other);
  expect(stepError(other, undefined)).toBe(other);
  expect(stepError(error('LOGIN_FAILED', { hint: 'h' }), policy).details).toEqual({ hint: 'h' });
});
