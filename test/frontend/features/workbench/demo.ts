/** Resources and connections for the tests of the frontend. */
import type { Resource } from '#contract/resources.ts';
import type { SavedConnection } from '../../../../frontend/src/features/workbench/connections.ts';

export const resource = (name: string, more: Partial<Resource> = {}): Resource => ({
  id: `arn:aws:rds:eu-central-1:111122223333:db:${name}`,
  name,
  service: 'rds',
  region: 'eu-central-1',
  awsEngine: 'postgres',
  engine: 'postgres',
  version: '18.1',
  status: 'available',
  endpoints: [{ host: `${name}.example.com`, port: 5432, use: 'instance' }],
  iamLogin: true,
  tags: {},
  ...more,
});

export const connection = (name: string, more: Partial<SavedConnection> = {}): SavedConnection => ({
  key: `key-of-${name}`,
  resource: resource(name),
  engine: 'postgres',
  version: 'PostgreSQL 18.1',
  user: 'app_iam',
  database: name,
  readOnly: false,
  login: { method: 'iam', user: 'app_iam' },
  ...more,
});

/** A storage of nobody's browser. */
export function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}
