/**
 * To be pasted into IAM, by whoever owns the role. An external id is no secret (IAM User Guide, "The confused deputy
 * problem").
 */
export const trustPolicy = (principalArn: string, externalId: string | undefined, indent?: number): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: principalArn },
          Action: 'sts:AssumeRole',
          ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
        },
      ],
    },
    undefined,
    indent,
  );
