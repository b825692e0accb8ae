import { listening, loginLines } from '#core/local/demo/demo.ts';
import { DEMOS } from '#core/local/demo/demos.ts';

test('a line says what listens where, in columns', () => {
  expect(listening('MariaDB', 'bookings in eu-central-1', 20_001)).toBe(
    'MariaDB       bookings in eu-central-1, localhost:20001, TLS only',
  );
});

test('the lines of logins name who has which', () => {
  expect(loginLines(['app_iam', 'analyst_iam'], { app: 'not-a-password' })).toEqual([
    '  database users with IAM: app_iam, analyst_iam',
    '  database user with a password: app / not-a-password',
  ]);
});

test('no demo throws away what another one keeps', () => {
  const kept = DEMOS.flatMap(({ keeps }) => keeps);
  expect(new Set(kept).size).toBe(kept.length);
});
