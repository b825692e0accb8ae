import * as z from 'zod';
import { errorsOf } from '#contract/route-errors.ts';
import { ROUTES } from '#contract/routes.ts';

test('a public route that reads nothing fails only by our fault', () => {
  expect(errorsOf({ ...ROUTES.instance, needs: [] })).toEqual(['INTERNAL']);
});

test('a route with a caller may find the session wanting', () => {
  expect(errorsOf(ROUTES.whoAmI)).toEqual(
    expect.arrayContaining(['SESSION_MISSING', 'SESSION_INVALID', 'SESSION_EXPIRED']),
  );
  expect(errorsOf(ROUTES.instance)).not.toContain('SESSION_MISSING');
});

test('a route with a role names what may be wrong with it', () => {
  expect(errorsOf(ROUTES.query)).toEqual(expect.arrayContaining(['ROLE_REQUIRED', 'NOT_CLAIMED', 'ACCOUNT_REFUSED']));
});

test('a route with a body may find it too large, no JSON, or not valid', () => {
  expect(errorsOf(ROUTES.claim)).toEqual(expect.arrayContaining(['BODY_TOO_LARGE', 'BODY_NOT_JSON', 'INPUT_INVALID']));
  expect(errorsOf({ ...ROUTES.whoAmI, query: z.object({}) })).toContain('INPUT_INVALID');
  expect(errorsOf({ ...ROUTES.whoAmI, query: z.object({}) })).not.toContain('BODY_NOT_JSON');
});

test("a route's own errors are among them, and none stands twice", () => {
  for (const route of Object.values(ROUTES)) {
    const codes = errorsOf(route);
    expect(codes).toEqual(expect.arrayContaining([...route.errors]));
    expect(new Set(codes).size).toBe(codes.length);
  }
});
