import { readFileSync } from 'node:fs';
import { CALLERS } from '#contract/admission.ts';
import { rolesPage } from '#contract/roles-page.ts';
import { ROUTES } from '#contract/routes.ts';

const page = readFileSync(`${__dirname}/../../../docs/roles.md`, 'utf8');

test('the page in docs/ is not stale: `npm run docs` writes it', () => {
  expect(page).toBe(rolesPage());
});

test('it has a row for every route and a column for every caller', () => {
  const rows = page.split('\n').filter((line) => /^\| `[A-Z]+ \/api\//.test(line));
  expect(rows).toHaveLength(Object.keys(ROUTES).length);
  for (const row of rows) expect(row.split(' | ')).toHaveLength(2 + Object.keys(CALLERS).length);
  expect(page).toContain('| `PUT /api/settings` |');
});

test('every cell is a yes or a refusal, and nobody but an administrator has a yes where the settings are changed', () => {
  const cells = (route: string) =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| \`${route}\``))
      ?.split(' | ')
      .slice(2)
      .map((cell) => cell.replace(/[`| ]/g, ''));
  expect(cells('PUT /api/settings')).toEqual([
    'SESSION_MISSING',
    'SESSION_INVALID',
    'SESSION_EXPIRED',
    'ACCOUNT_REFUSED',
    'NOT_CLAIMED',
    'USER_BLOCKED',
    'SESSION_EXPIRED',
    'ROLE_REQUIRED',
    'ROLE_REQUIRED',
    'yes',
  ]);
});
