import type { Resource } from '#contract/resources.ts';

/** An available PostgreSQL instance of the test account, changed as a test needs it. */
export const resource = (changes: Partial<Resource> = {}): Resource => ({
  id: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  name: 'shop',
  service: 'rds',
  region: 'eu-central-1',
  awsEngine: 'postgres',
  engine: 'postgres',
  version: '18.1',
  status: 'available',
  endpoints: [{ host: 'shop.test', port: 5432, use: 'instance' }],
  database: 'shop',
  iamLogin: true,
  tags: {},
  ...changes,
});
