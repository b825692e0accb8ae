import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EVENT_SOURCE } from '#core/aws/audit/event-source.ts';
import type { Settings } from '../settings.ts';

export const tells = ({ auditBus }: Settings): boolean => auditBus !== 'none';

/** On one bus, as what Lodge calls itself: no function can pass for another source of events. */
export const telling = (settings: Settings): PolicyStatement[] => {
  const { auditBus } = settings;
  if (!tells(settings)) return [];
  const arn = auditBus.startsWith('arn:')
    ? auditBus
    : `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${auditBus}`;
  const conditions = { StringEquals: { 'events:source': EVENT_SOURCE } };
  return [new PolicyStatement({ actions: ['events:PutEvents'], resources: [arn], conditions })];
};
