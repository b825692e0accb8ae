import { ENV, readEnvironment } from '#core/env.ts';
import { networksOf } from '#core/networks/networks.ts';
import { reachOf } from '#core/networks/reach.ts';
import { withReach } from '#core/networks/with-reach.ts';
import { readSettings } from '../../../lib/settings.ts';
import { noTags } from '../../support/databases.ts';
import { resource } from '../../support/resources.ts';

const data = { name: 'data', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d'], connector: 'data-function' };
const peered = {
  name: 'peered',
  vpcId: 'vpc-0a1b2c3e',
  subnetIds: [],
  regions: ['us-east-1'],
  connector: 'peered-function',
};
const networks = { region: 'eu-central-1', list: [data, peered] };
const hidden = { publiclyAccessible: false };

describe('a database is reached', () => {
  test('through the connector of its own VPC, also where it is public', () => {
    const way = { way: 'connector', network: 'data' };
    expect(reachOf(resource({ ...hidden, vpcId: data.vpcId }), networks)).toEqual(way);
    expect(reachOf(resource({ publiclyAccessible: true, vpcId: data.vpcId }), networks)).toEqual(way);
  });

  test('by a subnet, where its VPC is not said', () => {
    const cluster = resource({ service: 'documentdb-elastic', subnetIds: ['subnet-0f', 'subnet-0a1b2c3d'] });
    expect(reachOf(cluster, networks)).toEqual({ way: 'connector', network: 'data' });
  });

  test('directly, where it is public and no network stands in its VPC', () => {
    for (const region of ['eu-central-1', 'us-east-1'])
      expect(reachOf(resource({ region, publiclyAccessible: true, vpcId: 'vpc-0ff' }), networks)).toEqual({
        way: 'direct',
      });
  });

  test.each(['dynamodb', 'dsql'] as const)('directly, where its endpoint is %s’s own', (service) => {
    expect(reachOf(resource({ service }), networks)).toEqual({ way: 'direct' });
  });

  test('through a network that names its region, whatever its VPC', () => {
    const far = resource({ ...hidden, region: 'us-east-1', vpcId: 'vpc-0ff' });
    expect(reachOf(far, networks)).toEqual({ way: 'connector', network: 'peered' });
    expect(reachOf({ ...far, region: 'eu-west-1' }, networks)).toMatchObject({ way: 'none' });
  });

  test('through the network in whose VPC it stands, also where that names other regions', () => {
    const own = resource({ ...hidden, vpcId: peered.vpcId });
    expect(reachOf(own, networks)).toEqual({ way: 'connector', network: 'peered' });
    expect(reachOf({ ...own, vpcId: 'vpc-0ff' }, networks)).toMatchObject({ way: 'none' });
  });

  test('from somebody’s own machine directly, whatever it is', () => {
    expect(reachOf(resource({ ...hidden, vpcId: 'vpc-0ff' }), undefined)).toEqual({ way: 'direct' });
  });
});

describe('a database that no network reaches', () => {
  const lines = (changes: object) => {
    const reach = reachOf(resource({ ...hidden, ...changes }), { ...networks, list: [] });
    if (reach.way !== 'none') throw new Error('It was reached.');
    return reach;
  };

  test('says why, and which three lines would reach it; the settings take them as they are', () => {
    const { reason, settings = '' } = lines({
      vpcId: 'vpc-0a1b2c3d',
      subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'],
    });
    expect(reason).toContain('shop is private to vpc-0a1b2c3d');
    expect(settings.split('\n')).toEqual([
      '"networks": [',
      '  { "name": "vpc-0a1b2c3d", "vpcId": "vpc-0a1b2c3d", "subnetIds": [ "subnet-0a1b2c3d", "subnet-0a1b2c3e" ] }',
      ']',
    ]);
    const [network] = readSettings(`{${settings}}`).networks;
    expect(network).toMatchObject({ vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'] });
  });

  test('leaves to be filled in what AWS did not say', () => {
    expect(lines({ vpcId: 'vpc-0a1b2c3d' }).settings).toContain('[ "the subnets of vpc-0a1b2c3d" ]');
  });

  test('says in another region that a VPC of this one has to be joined to it', () => {
    const { reason, settings } = lines({ region: 'us-east-1', vpcId: 'vpc-0a1b2c3d' });
    expect(reason).toContain('peering');
    expect(settings?.split('\n')).toHaveLength(3);
    expect(settings).toContain('"a VPC of eu-central-1 that reaches vpc-0a1b2c3d"');
    expect(settings).toContain('"regions": [ "us-east-1" ]');
  });

  test('names the action that would tell its VPC, where that is not known', () => {
    const { reason, settings } = lines({ service: 'aurora' });
    expect(reason).toContain('rds:DescribeDBSubnetGroups');
    expect(settings).toBeUndefined();
    expect(lines({ service: 'documentdb' }).reason).toContain('rds:DescribeDBSubnetGroups');
    expect(lines({ service: 'documentdb-elastic' }).reason).toContain('docdb-elastic:GetCluster');
  });

  test('is told by its subnets, where only these are known', () => {
    const { reason, settings } = lines({ service: 'documentdb-elastic', subnetIds: ['subnet-0f', 'subnet-0e'] });
    expect(reason).toContain('shop is private to subnet-0f, subnet-0e');
    expect(settings).toContain('"vpcId": "the VPC of subnet-0f", "subnetIds": [ "subnet-0f", "subnet-0e" ]');
  });
});

test('discovery says it of each resource that it lists', async () => {
  const found = [resource({ ...hidden, vpcId: data.vpcId }), resource({ publiclyAccessible: true })];
  const discovery = withReach(
    {
      list: async () => ({ resources: found, lacking: [] }),
      ...noTags,
      markGlobalTables: async () => [],
      find: async () => resource(),
    },
    networks,
  );
  const scope = {} as Parameters<typeof discovery.list>[2];
  expect((await discovery.list('rds', 'eu-central-1', scope)).resources.map(({ reach }) => reach)).toEqual([
    { way: 'connector', network: 'data' },
    { way: 'direct' },
  ]);
});

test('the environment says which networks there are, or nothing of them', () => {
  expect(networksOf(readEnvironment({}))).toBeUndefined();
  const told = { AWS_REGION: 'eu-central-1', [ENV.networks]: JSON.stringify([data, peered]) };
  expect(networksOf(readEnvironment(told))).toEqual(networks);
  expect(() => readEnvironment({ [ENV.networks]: '[{"name":"data"}]' })).toThrow();
});
