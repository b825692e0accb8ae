import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { lambdaRole, watching } from './lambda-role.ts';

/** For the function that copies the built pages into the site's bucket at each deployment. */
export const publisherRole = (
  scope: Construct,
  { pages, bucket, logGroup }: { pages: Asset; bucket: IBucket; logGroup: ILogGroup },
): IRole =>
  lambdaRole(scope, [
    ...watching(logGroup, false),
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [pages.bucket.arnForObjects(pages.s3ObjectKey)],
    }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new PolicyStatement({ actions: ['s3:PutObject', 's3:DeleteObject'], resources: [bucket.arnForObjects('*')] }),
  ]);
