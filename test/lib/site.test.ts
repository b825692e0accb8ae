import { CachePolicy, OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { ROUTES } from '#contract/routes.ts';
import { ENV } from '#core/env.ts';
import { SITE_HEADER } from '#core/http/address.ts';
import { pageRouter } from '../../lib/page-router.ts';
import { functionResource, type Resource, type Synthesised, synthesise } from '../support/stack.ts';

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise();
});
afterAll(() => stack.remove());

const ofType = (from: Synthesised, type: string): [string, Resource][] =>
  Object.entries(from.resources).filter(([, { Type }]) => Type === type);
const only = (type: string, from = stack): [string, Resource] => {
  const [first, ...more] = ofType(from, type);
  if (!first || more.length > 0) throw new Error(`There is not one ${type}.`);
  return first;
};
const distribution = (from = stack) => only('AWS::CloudFront::Distribution', from)[1].Properties.DistributionConfig;
/** The bucket of the pages; the results of automations have one of their own. */
const site = (): [string, Resource] => {
  const [, { Properties }] = ofType(stack, 'Custom::CDKBucketDeployment')[0] ?? only('Custom::CDKBucketDeployment');
  const id: string = Properties.DestinationBucketName.Ref;
  return [id, stack.resources[id] as Resource];
};
const policyOf = (bucket: string) =>
  ofType(stack, 'AWS::S3::BucketPolicy').find(([, { Properties }]) => Properties.Bucket.Ref === bucket)?.[1].Properties
    .PolicyDocument.Statement;
const apiBehaviour = () => distribution().CacheBehaviors[0];
const originOf = ({ TargetOriginId }: { TargetOriginId: string }) =>
  distribution().Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);

describe('the pages', () => {
  test('stand in a bucket that only this distribution can read', () => {
    const [id, bucket] = site();
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const [denied, allowed, ...more] = policyOf(id);
    expect(more).toEqual([]);
    expect(denied).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allowed).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } });
    expect(JSON.stringify(allowed.Condition)).toContain(only('AWS::CloudFront::Distribution')[0]);
    expect(originOf(distribution().DefaultCacheBehavior).DomainName).toEqual({
      'Fn::GetAtt': [id, 'RegionalDomainName'],
    });
    expect(originOf(distribution().DefaultCacheBehavior).OriginAccessControlId).toBeDefined();
  });

  test('are one page at every path without an extension, by a function at the edge', () => {
    const [id, router] = only('AWS::CloudFront::Function');
    expect(router.Properties.FunctionCode).toBe(pageRouter());
    expect(distribution().DefaultCacheBehavior.FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
    ]);
  });

  test('never stand in the place of an answer of the API', () => {
    for (const response of distribution().CustomErrorResponses) {
      expect(response.ResponsePagePath).toBeUndefined();
      expect(response.ResponseCode).toBeUndefined();
      expect(response.ErrorCachingMinTTL).toBe(0);
    }
    expect(apiBehaviour().FunctionAssociations).toBeUndefined();
  });

  test('are published hashed files first, which stay and are kept for a year; the page is asked for each time', () => {
    const [[first, hashed], [, page]] = ofType(stack, 'Custom::CDKBucketDeployment') as [
      [string, Resource],
      [string, Resource],
    ];
    expect(hashed.Properties).toMatchObject({ Exclude: ['*'], Include: ['assets/*'], Prune: false });
    expect(hashed.Properties.SystemMetadata).toEqual({ 'cache-control': 'public, max-age=31536000, immutable' });
    expect(page.Properties).toMatchObject({ Exclude: ['assets/*'], Prune: true });
    expect(page.Properties.SystemMetadata).toEqual({ 'cache-control': 'no-cache' });
    expect(page.DependsOn).toContain(first);
  });

  test('are published by a function that may write this bucket and read this build, and nothing else', () => {
    const publisher = Object.values(stack.resources).find(
      ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && String(Properties.Runtime).startsWith('python'),
    );
    const role = publisher?.Properties.Role['Fn::GetAtt'][0];
    const policies = ofType(stack, 'AWS::IAM::Policy').filter(([, { Properties }]) => Properties.Roles[0].Ref === role);
    const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    const bucket = { 'Fn::GetAtt': [site()[0], 'Arn'] };
    const build = ofType(stack, 'Custom::CDKBucketDeployment')[0]?.[1].Properties.SourceObjectKeys[0];
    expect(statements.map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      's3:GetObject',
      's3:ListBucket',
      ['s3:DeleteObject', 's3:PutObject'],
    ]);
    expect(JSON.stringify(statements[1].Resource)).toContain(`/${build}`);
    expect(statements[2].Resource).toEqual(bucket);
    expect(statements[3].Resource).toEqual({ 'Fn::Join': ['', [bucket, '/*']] });
    expect(policies.map(([id]) => id).every((id) => publisher?.DependsOn?.includes(id))).toBe(true);
  });
});

describe('the API behind the site', () => {
  test('answers at /api/*, every method, over HTTPS only', () => {
    expect(distribution().CacheBehaviors).toHaveLength(1);
    expect(apiBehaviour()).toMatchObject({
      PathPattern: '/api/*',
      ViewerProtocolPolicy: 'https-only',
      Compress: false,
    });
    expect(apiBehaviour().AllowedMethods.toSorted()).toEqual(
      ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].toSorted(),
    );
  });

  test('is never cached, and gets all that the browser sends but its host', () => {
    expect(apiBehaviour().CachePolicyId).toBe(CachePolicy.CACHING_DISABLED.cachePolicyId);
    expect(apiBehaviour().OriginRequestPolicyId).toBe(
      OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
    );
  });

  test('is told by a word that only the site and the functions know what came through the site', () => {
    const word = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(originOf(apiBehaviour()).OriginCustomHeaders).toEqual([{ HeaderName: SITE_HEADER, HeaderValue: word }]);
    for (const name of new Set(Object.values(ROUTES).map((route) => route.function)))
      expect(functionResource(stack.resources, name).Properties.Environment.Variables[ENV.siteProof]).toEqual(word);
    // The external id of automations is its first eight digits: a hundred bits less than the word.
    const beginning = JSON.stringify({ 'Fn::Select': [0, { 'Fn::Split': ['-', word] }] });
    expect(JSON.stringify(stack.outputs).replaceAll(beginning, '')).not.toContain('AWS::StackId');
  });

  test('may be silent for longer than a heartbeat takes', () => {
    const { CustomOriginConfig: origin } = originOf(apiBehaviour());
    expect(origin.OriginReadTimeout).toBeGreaterThanOrEqual(30);
    expect(origin.OriginReadTimeout).toBeLessThanOrEqual(120);
    expect(origin).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
  });
});

describe('the headers', () => {
  const headers = () => only('AWS::CloudFront::ResponseHeadersPolicy')[1].Properties.ResponseHeadersPolicyConfig;
  const directives = (): Map<string, string> =>
    new Map(
      headers()
        .SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy.split(';')
        .map((directive: string) => directive.trim().split(/ (.*)/).slice(0, 2)),
    );

  test('go with every answer, of a page and of the API', () => {
    const policy = { Ref: only('AWS::CloudFront::ResponseHeadersPolicy')[0] };
    expect(distribution().DefaultCacheBehavior.ResponseHeadersPolicyId).toEqual(policy);
    expect(apiBehaviour().ResponseHeadersPolicyId).toEqual(policy);
  });

  test.each([
    ['script-src', "'self'"],
    ['style-src', "'self' 'unsafe-inline'"],
    ['connect-src', "'self'"],
    ['worker-src', "'self'"],
    ['object-src', "'none'"],
    ['frame-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
  ])('the content security policy says %s %s', (name, sources) => {
    const inherits = !['base-uri', 'form-action', 'frame-ancestors'].includes(name);
    expect(directives().get(name) ?? (inherits ? directives().get('default-src') : undefined)).toBe(sources);
  });

  test('no script is inline, evaluated or from elsewhere', () => {
    const text = [...directives()].map(([name, sources]) => `${name} ${sources}`).join('; ');
    expect(text).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(directives().get('script-src')).not.toContain('unsafe-inline');
  });

  test('ask for HTTPS for a year, and give nothing away', () => {
    expect(headers().SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
    });
    const custom = headers().CustomHeadersConfig.Items.map(({ Header }: { Header: string }) => Header);
    expect(custom).toEqual(['Permissions-Policy', 'Cross-Origin-Opener-Policy']);
  });
});

describe('a domain of one’s own', () => {
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b';

  test('comes with its certificate and TLS 1.2', () => {
    const other = synthesise({
      settings: { domain: { name: 'lodge.example.com', certificateArn }, priceClass: 'All' },
    });
    expect(distribution(other)).toMatchObject({
      Aliases: ['lodge.example.com'],
      PriceClass: 'PriceClass_All',
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    expect(other.outputs.Url?.Value).toBe('https://lodge.example.com/');
    other.remove();
  });

  test('is not needed', () => {
    expect(distribution().Aliases).toBeUndefined();
    expect(distribution().ViewerCertificate).toBeUndefined();
    expect(distribution().PriceClass).toBe('PriceClass_100');
  });
});
