import { resourceFacts } from '../../../../frontend/src/features/details/resource-facts.ts';
import { resource } from '../workbench/demo.ts';

const facts = (...given: Parameters<typeof resource>) => Object.fromEntries(resourceFacts(resource(...given)));

describe('the facts of a resource', () => {
  it('are all that AWS says of it', () => {
    expect(
      facts('shop', {
        size: 'db.r6g.large',
        storageGib: 4_096,
        subnetIds: ['subnet-1', 'subnet-2'],
        encrypted: true,
        publiclyAccessible: false,
        clusterId: 'orders',
        loginResourceId: 'db-X',
      }),
    ).toEqual({
      Service: 'RDS, eu-central-1',
      Engine: 'postgres 18.1',
      Status: 'available',
      Size: 'db.r6g.large',
      Storage: '4,096 GiB',
      Cluster: 'orders',
      'IAM logins': 'yes',
      'Login id': 'db-X',
      Public: 'no',
      Encrypted: 'yes',
      Subnets: 'subnet-1 subnet-2',
    });
  });

  it('leave out what it does not say', () => {
    expect(Object.keys(facts('shop'))).toEqual(['Service', 'Engine', 'Status', 'IAM logins']);
  });

  it('say where the rules let one only read', () => {
    expect(facts('shop', { access: 'read-only' })).toMatchObject({ Access: 'read-only for your role' });
  });

  it('count the tables of a region, and the global ones among them', () => {
    const tables = { tables: ['a', 'b'], globalTables: { a: ['us-east-1'] } };
    expect(facts('items', { engine: 'dynamodb', ...tables })).toMatchObject({ Tables: '2', 'Global tables': '1' });
  });

  it('say nothing of IAM logins where there is one login only', () => {
    expect(facts('items', { engine: 'dynamodb' })).not.toHaveProperty('IAM logins');
  });
});
