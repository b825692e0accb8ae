/** The bucket of results and its key. */
import { Aws } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RESULTS_FOLDER } from '#contract/automations.ts';
import { MAPS_FOLDER } from '#core/automation/map-machine.ts';
import type { Results } from '../automation/results.ts';
import { KEY_ADMINISTRATION } from './session-key.ts';

/** Used by way of S3 alone: who can read an object of the bucket, IAM says. */
const THROUGH_S3 = {
  StringEquals: {
    'kms:ViaService': `s3.${Aws.REGION}.${Aws.URL_SUFFIX}`,
    'kms:CallerAccount': Aws.ACCOUNT_ID,
  },
};

export const resultsKeyPolicy = (): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'Administration',
        principals: [new AccountRootPrincipal()],
        actions: KEY_ADMINISTRATION.map((action) => `kms:${action}`),
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'ThroughS3',
        principals: [new AccountRootPrincipal()],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: ['*'],
        conditions: THROUGH_S3,
      }),
    ],
  });

/** Its parts are sealed too, and opened to be put together: whoever uploads in parts needs both (S3, "Multipart upload API and permissions"). */
const sealing = ({ key }: Results): PolicyStatement =>
  new PolicyStatement({
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [key.keyArn],
    conditions: THROUGH_S3,
  });

/** Writes, and takes back what it has begun; it reads nothing. */
export const resultsWrite = (results: Results): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
    resources: [results.bucket.arnForObjects(`${RESULTS_FOLDER}*`)],
  }),
  sealing(results),
];

/**
 * Of a map: reads a result as the items of its runs, and writes what came of them (Step Functions Developer Guide, "IAM
 * policies for using Distributed Map states").
 */
export const mapsUse = (results: Results): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['s3:GetObject'],
    resources: [results.bucket.arnForObjects(`${RESULTS_FOLDER}*`)],
  }),
  new PolicyStatement({
    actions: ['s3:GetObject', 's3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
    resources: [results.bucket.arnForObjects(`${MAPS_FOLDER}*`)],
  }),
  sealing(results),
];
