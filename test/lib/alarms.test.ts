import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '#contract/routes.ts';
import { ALARMS } from '../../lib/alarms.ts';
import { type Resource, type Synthesised, synthesise } from '../support/stack.ts';

const networks = [{ name: 'data', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d'] }];

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise({ settings: { alarmEmail: 'operations@example.com', networks } });
});
afterAll(() => stack.remove());

const ofType = (type: string): [string, Resource][] =>
  Object.entries(stack.resources).filter(([, { Type }]) => Type === type);
const runbook = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
const names = Object.keys(ALARMS);

describe('alarms', () => {
  test.each(names)('%s has an entry in the runbook, and says so', (name) => {
    expect(runbook).toContain(`\n## ${name}\n`);
    const alarm = ofType('AWS::CloudWatch::Alarm').find(([, { Properties }]) =>
      Properties.AlarmDescription.includes(`"${name}"`),
    );
    expect(alarm?.[1].Properties.AlarmDescription).toContain('docs/runbook.md');
  });

  test('the runbook has no entry for an alarm that is not there', () => {
    const entries = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map(([, name]) => name);
    expect(entries.toSorted()).toEqual(names.toSorted());
  });

  test('each speaks to the one topic, and is silent where nothing happens', () => {
    const [[topic] = []] = ofType('AWS::SNS::Topic');
    expect(ofType('AWS::CloudWatch::Alarm').length).toBeGreaterThanOrEqual(names.length);
    for (const [, { Properties }] of ofType('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toEqual([{ Ref: topic }]);
      expect(Properties.TreatMissingData).toBe('notBreaching');
    }
  });

  test('the sums watch every function', () => {
    const sums = ofType('AWS::CloudWatch::Alarm').filter(([, { Properties }]) => Properties.Metrics);
    const watchedBy = sums.map(([, { Properties }]) => {
      const watched = Properties.Metrics.flatMap((metric: { MetricStat?: { Metric: object } }) =>
        metric.MetricStat ? [JSON.stringify(metric.MetricStat.Metric)] : [],
      );
      return [...new Set<string>(watched)];
    });
    // Failures and throttles of each function behind the API, of the one connector, and of the one that ends runs; of the
    // one that does runs throttles alone; of the two machines failures and ends by time. Each in one alarm.
    const functions = new Set(Object.values(ROUTES).map((route) => route.function)).size;
    const all = watchedBy.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(2 * (functions + 2) + 1 + 4);
    // A metric math alarm holds ten metrics at most (CloudWatch User Guide, "Create an alarm based on a metric math expression").
    for (const watched of watchedBy) expect(watched.length).toBeLessThanOrEqual(10);
  });

  test('CloudWatch of this account may write to the topic, over TLS, and the address hears of it', () => {
    const [[, policy] = []] = ofType('AWS::SNS::TopicPolicy');
    const [denied, allowed, ...more] = policy?.Properties.PolicyDocument.Statement ?? [];
    expect(more).toEqual([]);
    expect(denied).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allowed).toMatchObject({
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    const [[, subscription] = []] = ofType('AWS::SNS::Subscription');
    expect(subscription?.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'operations@example.com' });
  });

  test('of connectors are there where connectors are', () => {
    const without = synthesise({ settings: { alarmEmail: 'operations@example.com' } });
    const texts = Object.values(without.resources).map(({ Properties }) => String(Properties?.AlarmDescription));
    without.remove();
    expect(texts.filter((text) => text.includes('"connector-failures"'))).toEqual([]);
    const named = new Set(texts.flatMap((text) => text.split('"')[1] ?? []));
    expect([...named].toSorted()).toEqual(names.filter((name) => name !== 'connector-failures').toSorted());
  });

  test('are not there without an address', () => {
    const silent = synthesise();
    expect(Object.values(silent.resources).filter(({ Type }) => /SNS|CloudWatch/.test(Type))).toEqual([]);
    silent.remove();
  });
});
