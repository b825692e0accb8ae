/** Puts the built pages into the site's bucket at each deployment. */
import { type CfnElement, Duration, Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { functionLogs } from './functions.ts';
import { publisherRole } from './grants/publisher.ts';
import type { Settings } from './settings.ts';

/** Where Vite puts the files whose names carry the hash of what is in them. */
const HASHED = 'assets/*';

/**
 * Hashed files first, and the old ones stay: a page that somebody has open still finds its parts. Then the page itself,
 * which is asked for anew each time, so that nothing has to be invalidated.
 */
export function publishPages(
  scope: Construct,
  { bucket, pages, settings }: { bucket: IBucket; pages: string; settings: Settings },
): void {
  const publisher = new Construct(scope, 'Publisher');
  const asset = new Asset(publisher, 'Built', { path: pages });
  const logGroup = functionLogs(publisher, settings);
  const role = publisherRole(publisher, { pages: asset, bucket, logGroup });
  const common = {
    sources: [Source.bucket(asset.bucket, asset.s3ObjectKey)],
    destinationBucket: bucket,
    role,
    logGroup,
    retainOnDelete: true,
  };
  const hashed = new BucketDeployment(publisher, 'Hashed', {
    ...common,
    exclude: ['*'],
    include: [HASHED],
    prune: false,
    cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
  });
  const page = new BucketDeployment(publisher, 'Page', {
    ...common,
    exclude: [HASHED],
    cacheControl: [CacheControl.noCache()],
  });
  page.node.addDependency(hashed);
  acceptRules(publisher, bucket);
}

function acceptRules(publisher: Construct, bucket: IBucket): void {
  const stack = Stack.of(publisher);
  const bucketId = stack.getLogicalId(bucket.node.defaultChild as CfnElement);
  acknowledge(publisher, {
    [`AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/*]`]: "It writes every file of the site's bucket, and of no other.",
  });
  // CDK puts the function of all BucketDeployments of a stack directly below the stack.
  for (const child of stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment')))
    acknowledge(child, {
      'AwsSolutions-L1': "The function is CDK's own; CDK chooses its run time.",
      'Serverless-LambdaLatestVersion': "The function is CDK's own; CDK chooses its run time.",
      'Serverless-LambdaDLQ': 'CloudFormation calls it, waits for its answer, and tells of its failure.',
      'Serverless-LambdaTracing': 'It runs at a deployment only, and its log says all.',
    });
}
