/** Where runs leave their results: a private bucket with a key of its own, so that the key of sessions opens sessions only. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { resultsKeyPolicy } from '../grants/results.ts';
import type { Settings } from '../settings.ts';

export interface Results {
  readonly bucket: Bucket;
  readonly key: Key;
}

/** Everything in it ends after `resultDays`; parts of an upload that nobody has finished, after a day. */
export function results(parent: Construct, { keepData, resultDays }: Settings): Results {
  const scope = new Construct(parent, 'Results');
  // A bucket that holds something is deleted by nobody: whoever gives its data up empties it first.
  const removalPolicy = keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  const key = new Key(scope, 'Key', {
    description: 'Lodge: seals the results of runs',
    enableKeyRotation: true,
    policy: resultsKeyPolicy(),
    removalPolicy,
    pendingWindow: Duration.days(7),
  });
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    // One call of KMS for many objects.
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: false,
    lifecycleRules: [
      { id: 'results-end', expiration: Duration.days(resultDays) },
      { id: 'unfinished-uploads-end', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
    removalPolicy,
  });
  acknowledge(bucket, {
    'AwsSolutions-S1':
      'Who ran what, and who was handed a link to it, stands in the record; data events of CloudTrail tell of each object.',
  });
  return { bucket, key };
}
