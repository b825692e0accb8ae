import type { ConnectRequest } from '#contract/connecting.ts';
import type { Resource } from '#contract/resources.ts';
import type { Networks } from '#core/networks/networks.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { claimsFor } from '../../lambdas/connections/claims-for.ts';
import { failingDatabases, noRules, noTags, ownKeys } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { memoryAudit } from '../support/ports.ts';
import { resource } from '../support/resources.ts';

const session = sessionOf('reader');
const claims = (
  found: Resource,
  login: ConnectRequest['login'],
  more: Partial<ConnectRequest> = {},
  networks?: Networks,
) => {
  const discovery = { ...noTags, find: async () => found };
  const ports = {
    discovery,
    roles: ownKeys,
    store: noRules,
    audit: memoryAudit().audit,
    databases: failingDatabases(new Error('not asked')),
    networks,
  };
  const wanted = { resourceId: found.id, login, ...more };
  return claimsFor(wanted, session, ports, new AbortController().signal).then(({ claims }) => claims);
};

const workgroup = (name: string) =>
  resource({
    id: 'arn:aws:redshift-serverless:eu-central-1:111122223333:workgroup/0d9eadc0-0000-4000-8000-000000000fed',
    name,
    service: 'redshift-serverless',
    engine: 'redshift',
    iamLogin: true,
  });
const dsql = resource({
  id: 'arn:aws:dsql:eu-west-1:111122223333:cluster/lodgedemoaccounts000000001',
  name: 'accounts',
  service: 'dsql',
  engine: 'dsql',
});

describe('the claims of a connection', () => {
  it("hold a resource's name where its ARN does not end with it, be the end of an id as it may", async () => {
    for (const name of ['adhoc', 'fed'])
      expect(await claims(workgroup(name), { method: 'identity' })).toMatchObject({ name });
    expect(await claims(resource(), { method: 'iam', user: 'app' })).not.toHaveProperty('name');
  });

  it('hold what a policy for IAM logins names', async () => {
    const found = resource({ loginResourceId: 'db-SHOP' });
    expect(await claims(found, { method: 'iam', user: 'app' })).toMatchObject({ loginResourceId: 'db-SHOP' });
  });

  it('are for the user that a cluster of Aurora DSQL begins with, unless another is named', async () => {
    expect(await claims(dsql, { method: 'iam' })).toMatchObject({ login: { user: 'admin' } });
    expect(await claims(dsql, { method: 'iam', user: 'bookkeeper' })).toMatchObject({ login: { user: 'bookkeeper' } });
    await expect(claims(resource(), { method: 'iam' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('name the managed secret, or the one that was typed, and never what is in it', async () => {
    const [managed, typed] = ['rds!db-1-AbCdEf', 'own-AbCdEf'].map(
      (name) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}`,
    );
    const found = resource({ secretArn: managed ?? '' });
    const login = { method: 'secret', user: '' } as const;
    expect(await claims(found, { method: 'secret' })).toMatchObject({ login: { ...login, secretArn: managed } });
    expect(await claims(found, { method: 'secret', secretArn: typed })).toMatchObject({
      login: { ...login, secretArn: typed },
    });
    const foreign = { method: 'secret', secretArn: typed?.replace('arn:aws:', 'arn:aws-cn:') } as const;
    await expect(claims(found, foreign)).rejects.toMatchObject({
      details: { fields: [{ path: 'body.login.secretArn', message: expect.stringContaining('partition') }] },
    });
    await expect(claims(resource(), { method: 'secret' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('hold the role that is taken on, and no keys', async () => {
    const assume = { roleArn: 'arn:aws:iam::444455556666:role/LodgeDatabases', externalId: 'x-1' };
    const made = await claims(resource(), { method: 'iam', user: 'app' }, { assume });
    expect(made).toMatchObject({ assume });
    expect(JSON.stringify(made)).not.toContain(session.credentials.secretAccessKey);
  });

  it('name the network of the endpoint that is wanted, which may stand in another VPC than its proxy', async () => {
    const networks = {
      region: 'eu-central-1',
      list: ['vpc-0000000a', 'vpc-0000000b'].map((vpcId) => ({
        name: vpcId,
        vpcId,
        subnetIds: [`subnet-of-${vpcId}`],
        connector: vpcId,
      })),
    };
    const [host, other] = ['shop.proxy.example', 'far.endpoint.proxy.example'];
    const found = resource({
      service: 'rds-proxy',
      publiclyAccessible: false,
      vpcId: 'vpc-0000000a',
      subnetIds: ['subnet-of-vpc-0000000a'],
      endpoints: [
        { host, port: 5432, use: 'proxy' },
        { host: other, port: 5432, use: 'proxy', vpcId: 'vpc-0000000b' },
      ],
    });
    const login = { method: 'iam', user: 'app' } as const;
    expect(await claims(found, login, {}, networks)).toMatchObject({ network: 'vpc-0000000a', target: { host } });
    expect(await claims(found, login, { endpoint: other }, networks)).toMatchObject({
      network: 'vpc-0000000b',
      target: { host: other },
    });
  });

  it('stay small, for the token is sent with each call', async () => {
    const assume = { roleArn: 'arn:aws:iam::444455556666:role/LodgeDatabases', externalId: 'lodge-demo' };
    const token = await sealConnection(session, await claims(workgroup('adhoc'), { method: 'identity' }, { assume }));
    expect(token.length).toBeLessThan(1_000);
  });
});
