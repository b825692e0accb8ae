/** The site: the built pages in a private bucket, and the API, behind one distribution and so on one origin. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { RestApiOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SITE_HEADER } from '#core/http/address.ts';
import { acknowledge } from './acknowledge.ts';
import { pageRouter } from './page-router.ts';
import { publishPages } from './publish-pages.ts';
import type { Settings } from './settings.ts';
import { siteHeaders } from './site-headers.ts';
import { siteProof } from './site-proof.ts';

const PRICE_CLASSES: Record<Settings['priceClass'], PriceClass> = {
  '100': PriceClass.PRICE_CLASS_100,
  '200': PriceClass.PRICE_CLASS_200,
  All: PriceClass.PRICE_CLASS_ALL,
};

/** How long CloudFront waits for the API's next byte. A stream sends a heartbeat every 10 seconds. */
const ORIGIN_SILENCE = Duration.seconds(60);

/** What CloudFront remembers for ten seconds unless told otherwise, and would show to others. Pages are not put in their place. */
const NEVER_REMEMBERED = [404, 500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));

/** Builds the site. `pages` is the folder of the built frontend. */
export function site(
  scope: Construct,
  { api, pages, settings }: { api: RestApi; pages: string; settings: Settings },
): Distribution {
  const within = new Construct(scope, 'Site');
  const bucket = pagesBucket(within);
  const headers = siteHeaders(within);
  const distribution = new Distribution(within, 'Distribution', {
    comment: settings.name,
    defaultRootObject: 'index.html',
    defaultBehavior: pagesBehaviour(within, bucket, headers),
    additionalBehaviors: { '/api/*': apiBehaviour(api, headers) },
    errorResponses: NEVER_REMEMBERED,
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PRICE_CLASSES[settings.priceClass],
    ...ownDomain(within, settings),
  });
  publishPages(within, { bucket, pages, settings });
  acceptRules(distribution, settings);
  return distribution;
}

function pagesBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, 'Pages', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // Emptying it would take a function with wildcard permissions; what stays is a few megabytes of public pages.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, {
    'AwsSolutions-S1':
      'It holds the public pages only, CloudFront alone can read it, and every deployment writes them anew.',
  });
  // CDK's own classes do not satisfy its interfaces under exactOptionalPropertyTypes.
  return bucket as IBucket;
}

const pagesBehaviour = (scope: Construct, bucket: IBucket, headers: ResponseHeadersPolicy): BehaviorOptions => ({
  origin: S3BucketOrigin.withOriginAccessControl(bucket),
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  responseHeadersPolicy: headers,
  compress: true,
  functionAssociations: [
    {
      eventType: FunctionEventType.VIEWER_REQUEST,
      function: new EdgeFunction(scope, 'PageRouter', {
        comment: 'Every path of the app is its one page',
        code: FunctionCode.fromInline(pageRouter()),
        runtime: FunctionRuntime.JS_2_0,
      }),
    },
  ],
});

/** The function compresses, and a redirect could not save keys that were sent in the clear: nothing but HTTPS is answered. */
const apiBehaviour = (api: RestApi, headers: ResponseHeadersPolicy): BehaviorOptions => ({
  origin: new RestApiOrigin(api, {
    readTimeout: ORIGIN_SILENCE,
    keepaliveTimeout: Duration.seconds(60),
    customHeaders: { [SITE_HEADER]: siteProof() },
  }),
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  responseHeadersPolicy: headers,
  compress: false,
});

const ownDomain = (scope: Construct, { domain }: Settings) =>
  domain
    ? {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }
    : {};

function acceptRules(distribution: Distribution, { domain }: Settings): void {
  acknowledge(distribution, {
    'AwsSolutions-CFR1': 'A team may work from anywhere; who it is, its AWS keys say.',
    'AwsSolutions-CFR2': 'The pages are public files. A web ACL, where the settings name one, stands at the API.',
    'AwsSolutions-CFR3': 'The API logs every call; who has read the public pages says nothing.',
    ...(domain
      ? {}
      : {
          'AwsSolutions-CFR4':
            "CloudFront's own domain sets TLS 1.0 as its oldest; browsers agree on 1.3. The setting `domain` raises it.",
        }),
  });
}
