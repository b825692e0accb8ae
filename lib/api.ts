/** The REST API: a method for each route of the contract, and nothing that no route declares. */
import { Duration } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  EndpointType,
  type IAuthorizer,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { ROUTES, type Routes } from '#contract/routes.ts';
import { acknowledge } from './acknowledge.ts';
import { namingTenant } from './authorizer.ts';
import { type Functions, functionLogs } from './functions.ts';
import { gatewayAnswers } from './gateway-answers.ts';
import type { Settings } from './settings.ts';

/** What a route that answers once may take, in seconds: less than a reader's patience. */
const ANSWER_SECONDS = 60;

interface ApiParts {
  readonly functions: Functions;
  /** Names the tenants of functions that have some. */
  readonly authorizer: IAuthorizer | undefined;
  readonly settings: Settings;
}

/** Builds the API of all routes. Its stage stands before `/api` in the path; CloudFront puts it there. */
export function restApi(scope: Construct, { functions, authorizer, settings }: ApiParts): RestApi {
  const within = new Construct(scope, 'Api');
  const api = new RestApi(within, 'Rest', {
    restApiName: settings.name,
    description: "Lodge's API; people reach it through the site",
    endpointTypes: [EndpointType.REGIONAL],
    cloudWatchRole: settings.apiGatewayLogRole,
    deployOptions: { stageName: 'lodge', ...stage(within, settings) },
  });
  // The stack says its URL itself, under a name that can be read.
  api.node.tryRemoveChild('Endpoint');
  for (const route of Object.values(ROUTES)) addRoute(api, route, { functions, authorizer });
  gatewayAnswers(api);
  if (settings.webAclArn)
    new CfnWebACLAssociation(within, 'WebAcl', {
      webAclArn: settings.webAclArn,
      resourceArn: api.deploymentStage.stageArn,
    });
  acceptRules(api, settings);
  return api;
}

/**
 * Every method streams, also where a route answers once: the handlers write their answers as a stream, and API Gateway
 * reads such a function by InvokeWithResponseStream only.
 */
function addRoute(
  api: RestApi,
  route: Routes[keyof Routes],
  { functions, authorizer }: Pick<ApiParts, 'functions' | 'authorizer'>,
): void {
  const handler = functions[route.function];
  const longest = handler.timeout ?? Duration.seconds(ANSWER_SECONDS);
  const timeout = 'streams' in route ? longest : Duration.seconds(Math.min(longest.toSeconds(), ANSWER_SECONDS));
  const named = authorizer && handler.tenancyConfig && namingTenant(route, authorizer);
  const integration = new LambdaIntegration(handler, {
    responseTransferMode: ResponseTransferMode.STREAM,
    timeout,
    // The console's test button cannot stream, and would be one more permission for each method.
    allowTestInvoke: false,
    ...named?.integration,
  });
  api.root.resourceForPath(route.path).addMethod(route.method, integration, named?.method);
}

const stage = (scope: Construct, settings: Settings) => ({
  throttlingRateLimit: settings.throttling.rate,
  throttlingBurstLimit: settings.throttling.burst,
  methodOptions: {
    [`${ROUTES.signIn.path}/${ROUTES.signIn.method}`]: {
      throttlingRateLimit: settings.throttling.signInRate,
      throttlingBurstLimit: settings.throttling.signInBurst,
    },
  },
  tracingEnabled: settings.tracing,
  loggingLevel: MethodLoggingLevel.OFF,
  accessLogDestination: new LogGroupLogDestination(functionLogs(scope, settings)),
  accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
});

/** A line a call: never a header, a query or a body. */
const ACCESS_LOG = {
  requestId: AccessLogField.contextRequestId(),
  time: AccessLogField.contextRequestTime(),
  ip: AccessLogField.contextIdentitySourceIp(),
  method: AccessLogField.contextHttpMethod(),
  path: AccessLogField.contextResourcePath(),
  status: AccessLogField.contextStatus(),
  error: AccessLogField.contextErrorResponseType(),
  latency: AccessLogField.contextResponseLatency(),
  length: AccessLogField.contextResponseLength(),
};

function acceptRules(api: RestApi, settings: Settings): void {
  acknowledge(api, {
    'AwsSolutions-APIG2':
      'Each function parses path, query and body with the zod schema of its route, and names every wrong field.',
    'AwsSolutions-APIG4':
      'The functions open the session themselves: only they may unwrap its key. Public routes are declared so.',
    'AwsSolutions-COG4': 'People sign in with AWS keys, not with Cognito: that is what Lodge is for.',
    'AwsSolutions-APIG6':
      'Execution logs can quote headers and bodies, and so keys and passwords. The access log has every call.',
    ...(settings.webAclArn
      ? {}
      : {
          'AwsSolutions-APIG3':
            'A web ACL is paid for while nobody uses Lodge: it is a setting. Throttling is always on.',
        }),
    ...(settings.tracing
      ? {}
      : { 'Serverless-APIGWXrayEnabled': 'Traces are a setting; the access log has the time of each call.' }),
    ...(settings.apiGatewayLogRole
      ? {
          'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
            "API Gateway has one role a region for its logs, with AWS's own policy: other APIs of the account write by it too.",
        }
      : {}),
  });
}
