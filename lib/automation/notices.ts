/** The topic that tells people of runs: one of its own with one address, or one that is there already. */
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';

export const notifies = ({ notifyEmail, notifyTopicArn }: Settings): boolean => Boolean(notifyEmail || notifyTopicArn);

/** Its ARN; undefined where nobody is told. Whoever owns the address confirms it once. */
export function notices(scope: Construct, { notifyEmail, notifyTopicArn }: Settings): string | undefined {
  if (!notifyEmail) return notifyTopicArn;
  const topic = new Topic(new Construct(scope, 'Notices'), 'Topic', { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(notifyEmail));
  acknowledge(topic, {
    'Serverless-SNSRedrivePolicy': 'SNS tries an e-mail again by itself, and the run still stands in the history.',
  });
  return topic.topicArn;
}
