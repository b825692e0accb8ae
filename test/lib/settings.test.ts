import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#contract/errors.ts';
import { readSettings, Settings } from '../../lib/settings.ts';

const NETWORK = { name: 'data', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d'] };

/** The wrong fields that a refusal names, as `path: message`. */
function refusal(context: unknown): string[] {
  try {
    readSettings(context);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.details?.fields ?? []).map(({ path, message }) => `${path}: ${message}`);
  }
  throw new Error('The settings were accepted.');
}

describe('settings', () => {
  test('nothing has to be set', () => {
    expect(readSettings(undefined)).toEqual({
      name: 'Lodge',
      allowRoot: false,
      isolation: 'shared',
      logDays: 30,
      throttling: { rate: 50, burst: 100, signInRate: 5, signInBurst: 10 },
      auditBus: 'default',
      networks: [],
      priceClass: '100',
      keepData: true,
      resultDays: 30,
      tracing: false,
      apiGatewayLogRole: true,
    });
  });

  test('what is set is kept, and what is left out of a group has its default', () => {
    const settings = readSettings({ logDays: 90, throttling: { rate: 7 } });
    expect(settings.logDays).toBe(90);
    expect(settings.throttling).toEqual({ rate: 7, burst: 100, signInRate: 5, signInBurst: 10 });
  });

  test('the command line may give them as JSON', () => {
    expect(readSettings('{"name":"Lodge-Test"}').name).toBe('Lodge-Test');
    expect(() => readSettings('{name')).toThrow('The context "lodge" is not valid JSON.');
  });

  test.each([
    ['half a day', { logDays: 0.5 }, 'lodge.logDays'],
    ['a number in quotes', { logDays: '30' }, 'lodge.logDays'],
    ['a retention that CloudWatch does not know', { logDays: 31 }, 'lodge.logDays'],
    ['a name that CloudFormation would refuse', { name: '1st lodge' }, 'lodge.name'],
    ['an account with a letter', { account: '11112222333x' }, 'lodge.account'],
    ['a region that is none', { region: 'europe' }, 'lodge.region'],
    ['an account to claim that is none', { claimAccount: 'mine' }, 'lodge.claimAccount'],
    ['results that are never kept', { resultDays: 0 }, 'lodge.resultDays'],
    ['all roles there are', { automationRoles: ['arn:aws:iam::111122223333:role/*'] }, 'lodge.automationRoles.0'],
    ['roles of any account', { automationRoles: ['arn:aws:iam::*:role/lodge-*'] }, 'lodge.automationRoles.0'],
    ['no roles at all', { automationRoles: [] }, 'lodge.automationRoles'],
    ['a FIFO topic', { notifyTopicArn: 'arn:aws:sns:eu-central-1:111122223333:runs.fifo' }, 'lodge.notifyTopicArn'],
    [
      'an address and a topic',
      { notifyEmail: 'people@example.com', notifyTopicArn: 'arn:aws:sns:eu-central-1:111122223333:runs' },
      'lodge.notifyTopicArn',
    ],
    ['no requests at all', { throttling: { rate: 0 } }, 'lodge.throttling.rate'],
    [
      'a web ACL of CloudFront',
      { webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b' },
      'lodge.webAclArn',
    ],
    ['an event bus that is none', { auditBus: 'my bus' }, 'lodge.auditBus'],
    ['a price class that is none', { priceClass: 100 }, 'lodge.priceClass'],
    ['an address that is none', { alarmEmail: 'operations' }, 'lodge.alarmEmail'],
    ['a domain without a certificate', { domain: { name: 'lodge.example.com' } }, 'lodge.domain.certificateArn'],
    ['a setting that does not exist', { sesionMinutes: 60 }, 'lodge.sesionMinutes'],
    ['a setting that does not exist in a group', { throttling: { rates: 1 } }, 'lodge.throttling.rates'],
    ['settings that are a list', [], 'lodge'],
    ['a network without subnets', { networks: [{ ...NETWORK, subnetIds: [] }] }, 'lodge.networks.0.subnetIds'],
    ['a network with a name that is none', { networks: [{ ...NETWORK, name: 'My data' }] }, 'lodge.networks.0.name'],
    ['a VPC that is none', { networks: [{ ...NETWORK, vpcId: 'vpc-data' }] }, 'lodge.networks.0.vpcId'],
    ['a port that is none', { networks: [{ ...NETWORK, ports: [0] }] }, 'lodge.networks.0.ports.0'],
    [
      'a region that a network cannot serve',
      { networks: [{ ...NETWORK, regions: ['x'] }] },
      'lodge.networks.0.regions.0',
    ],
    [
      'too many networks',
      { networks: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...NETWORK, name })) },
      'lodge.networks',
    ],
  ])('%s is refused by its path', (_, context, path) => {
    expect(refusal(context).map((line) => line.slice(0, line.indexOf(':')))).toEqual([path]);
  });

  test('the limits of scans, which were settings once, are refused with the place where they are now', () => {
    expect(refusal({ scan: { items: 5 } })).toEqual([
      'lodge.scan: is decided on the settings page of the instance now: take it out of cdk.json, and set it there',
    ]);
  });

  test('so is the length of sessions', () => {
    expect(refusal({ sessionMinutes: 30 })).toEqual([
      'lodge.sessionMinutes: is decided at the claim, and on the settings page of the instance: take it out of cdk.json',
    ]);
  });

  test('a certificate of another region is refused, and told why', () => {
    const certificateArn = 'arn:aws:acm:eu-central-1:111122223333:certificate/0a1b';
    expect(refusal({ domain: { name: 'lodge.example.com', certificateArn } })).toEqual([
      'lodge.domain.certificateArn: is the ARN of an ACM certificate in us-east-1: CloudFront takes no other',
    ]);
  });

  test('two networks have two names, and each zone a subnet', () => {
    const zones = { ...NETWORK, name: 'other', availabilityZones: ['eu-central-1a', 'eu-central-1b'] };
    expect(refusal({ networks: [NETWORK, NETWORK, zones] })).toEqual([
      'lodge.networks.1.name: is the name of another network too, hyphens aside',
      'lodge.networks.2.availabilityZones: names as many zones as there are subnets, in the same order',
    ]);
    const alike = ['a1', 'a-1'].map((name) => ({ ...NETWORK, name }));
    expect(refusal({ networks: alike })).toEqual([
      'lodge.networks.1.name: is the name of another network too, hyphens aside',
    ]);
    expect(readSettings({ networks: [NETWORK] }).networks).toEqual([{ ...NETWORK, ports: [] }]);
  });

  test('every wrong field is named at once, a line each', () => {
    const wrong = { logDays: 2, allowRoot: 'no', typo: 1 };
    expect(refusal(wrong)).toHaveLength(3);
    expect(() => readSettings(wrong)).toThrow(
      /^The settings in cdk\.json are not valid:\n {2}lodge\.allowRoot: .+\n {2}lodge\.logDays: .+\n {2}lodge\.typo: is no setting$/,
    );
  });

  test.each([['aws'], ['aws-us-gov'], ['aws-cn']])('ARNs of the partition %s are taken', (partition) => {
    const webAclArn = `arn:${partition}:wafv2:us-gov-west-1:111122223333:regional/webacl/lodge/0a1b`;
    expect(readSettings({ webAclArn }).webAclArn).toBe(webAclArn);
  });

  test('one account may claim, and never any', () => {
    expect(() => readSettings({ claimAccount: 'any' })).toThrow(
      'lodge.claimAccount: is the twelve digits of an AWS account',
    );
    expect(readSettings({ claimAccount: '111122223333' }).claimAccount).toBe('111122223333');
  });
});

describe('docs/deploy.md', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');
  const namesIn = (section: string): string[] => {
    const [text = ''] = page.slice(page.indexOf(section) + section.length).split('\n## ');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name));
  };
  const group = {
    throttling: ['rate', 'burst', 'signInRate', 'signInBurst'],
    domain: ['name', 'certificateArn'],
  };

  test('describes every setting, and none that is not there', () => {
    const names = Object.keys(Settings.shape).flatMap((name) =>
      name in group ? group[name as keyof typeof group].map((part) => `${name}.${part}`) : [name],
    );
    const whole = namesIn('## Settings').map((name) => (name.startsWith('.') ? `throttling${name}` : name));
    expect(whole.toSorted()).toEqual(names.toSorted());
  });

  test('describes all of a network', () => {
    const [network] = readSettings({ networks: [NETWORK] }).networks;
    const optional = ['availabilityZones', 'securityGroupId', 'regions'];
    expect(namesIn('## Private databases').toSorted()).toEqual([...Object.keys(network ?? {}), ...optional].toSorted());
  });
});
