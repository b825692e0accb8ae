/** The key that wraps each session's data key. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { keyPolicy } from './grants/session-key.ts';

/** Rotated every year. Nothing but sessions is sealed with it: losing it signs everybody out, and no more. */
export const sessionKey = (scope: Construct): Key =>
  new Key(scope, 'SessionKey', {
    description: 'Lodge: wraps the data keys of sessions',
    enableKeyRotation: true,
    policy: keyPolicy(),
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
