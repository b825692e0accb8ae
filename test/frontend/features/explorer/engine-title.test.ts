import { engineTitle } from '../../../../frontend/src/features/explorer/engine-title.ts';

test.each([
  ['postgres', 'postgres', 'PostgreSQL'],
  ['mysql', 'mariadb', 'MariaDB'],
  ['mysql', 'aurora-mysql', 'Aurora MySQL'],
  ['postgres', 'aurora-postgresql', 'Aurora PostgreSQL'],
  ['sqlserver', 'sqlserver-se', 'SQL Server'],
] as const)('what AWS calls %s of %s is called %s', (engine, awsEngine, title) => {
  expect(engineTitle({ engine, awsEngine })).toBe(title);
});

test('what Lodge has no engine for keeps the name that AWS gives it', () => {
  expect(engineTitle({ awsEngine: 'neptune' })).toBe('neptune');
});
