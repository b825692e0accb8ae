import { type ResourcesRecord, Service } from '#contract/resources.ts';
import {
  type Discovery,
  endDiscovery,
  receive,
  startDiscovery,
} from '../../../../frontend/src/features/explorer/discovery.ts';
import { gapsOf, sayGap } from '../../../../frontend/src/features/explorer/gap.ts';

type Answer = Extract<ResourcesRecord, { type: 'resources' }>;

const answer = (more: Partial<Answer> = {}): Answer => ({
  type: 'resources',
  service: 'rds',
  region: 'eu-central-1',
  status: 'ok',
  resources: [],
  ...more,
});
const received = (...records: ResourcesRecord[]): Discovery =>
  records.reduce(receive, startDiscovery(['eu-central-1', 'us-east-1']));
const denied = (service: Service, region: string, action: string) =>
  answer({ service, region, status: 'denied', action });
const said = (...records: ResourcesRecord[]) =>
  gapsOf(received(...records)).map((gap) => {
    const { what, why } = sayGap(gap);
    return `${what}: ${why}`;
  });

describe('a gap', () => {
  it('puts together what is missing for the same reason', () => {
    const action = 'rds:DescribeDBInstances';
    expect(gapsOf(received(denied('rds', 'eu-central-1', action), denied('rds', 'us-east-1', action)))).toEqual([
      { status: 'denied', services: ['rds'], regions: ['eu-central-1', 'us-east-1'], actions: [action] },
    ]);
  });

  it('names every action that is missing once, in one gap', () => {
    const [gap, ...more] = gapsOf(
      received(
        denied('aurora', 'us-east-1', 'rds:DescribeDBClusters'),
        denied('documentdb', 'us-east-1', 'rds:DescribeDBClusters'),
        denied('redshift', 'us-east-1', 'redshift:DescribeClusters'),
      ),
    );
    expect(gap?.actions).toEqual(['rds:DescribeDBClusters', 'redshift:DescribeClusters']);
    expect(more).toEqual([]);
  });

  it('says what may be left out of a list, by which action, and that the rest is there', () => {
    const action = 'dynamodb:ListTagsOfResource';
    const withheld = (region: string, why: 'denied' | 'throttled') =>
      answer({ service: 'dynamodb', region, withheld: [{ action, why }] });
    const records = [withheld('eu-central-1', 'denied'), withheld('us-east-1', 'throttled')];
    expect(gapsOf(received(...records))).toEqual([
      { status: 'withheld', services: ['dynamodb'], regions: ['eu-central-1'], actions: [action], why: 'denied' },
      { status: 'withheld', services: ['dynamodb'], regions: ['us-east-1'], actions: [action], why: 'throttled' },
    ]);
    expect(said(...records)).toEqual([
      'DynamoDB in eu-central-1: some may be left out, or only read: rules of this instance go by tags, and your keys may not read them.',
      'DynamoDB in us-east-1: some may be left out, or only read: rules of this instance go by tags, and AWS asked to slow down.',
    ]);
  });

  it('tells different failures apart, and what can be helped comes first', () => {
    expect(
      said(
        answer({ service: 'dsql', status: 'disabled' }),
        answer({ status: 'failed', message: 'RDS did not answer as it should.' }),
        answer({ service: 'aurora', status: 'failed', message: 'The answer was not XML.' }),
        denied('redshift', 'eu-central-1', 'redshift:DescribeClusters'),
      ),
    ).toEqual([
      'Redshift in eu-central-1: your keys may not list it.',
      'RDS in eu-central-1: RDS did not answer as it should.',
      'Aurora in eu-central-1: The answer was not XML.',
      'Aurora DSQL in eu-central-1: AWS does not offer this there.',
    ]);
  });

  it.each([
    ['throttled', 'RDS in eu-central-1: AWS asked to slow down.'],
    ['timeout', 'RDS in eu-central-1: no answer in time.'],
  ] as const)('says of %s what it means', (status, sentence) => {
    expect(said(answer({ status }))).toEqual([sentence]);
  });

  it('tells a region that is not enabled from a service that it lacks', () => {
    const whole = Service.options.map((service) => answer({ service, region: 'us-east-1', status: 'disabled' }));
    expect(said(...whole, answer({ service: 'dsql', status: 'disabled' }))).toEqual([
      'Aurora DSQL in eu-central-1: AWS does not offer this there.',
      'us-east-1: not enabled for this account.',
    ]);
  });

  it('counts what is too long to be named', () => {
    const services = ['rds', 'aurora', 'redshift', 'dsql'] as const;
    const records = services.map((service) => answer({ service, status: 'throttled' }));
    expect(said(...records)).toEqual(['RDS, Aurora and 2 more in eu-central-1: AWS asked to slow down.']);
  });

  it('is gone with a later answer for the same service and region', () => {
    expect(said(answer({ status: 'throttled' }), answer())).toEqual([]);
  });

  it('leaves what was cut to the word about the whole list', () => {
    expect(gapsOf(endDiscovery(received(answer())))).toEqual([]);
  });
});
