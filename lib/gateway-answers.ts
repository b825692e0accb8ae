/** What API Gateway answers by itself, in the words of the contract: a client reads one shape of error and no other. */
import { type ResponseType, type RestApi, ResponseType as Type } from 'aws-cdk-lib/aws-apigateway';
import { ERRORS, type ErrorCode } from '#contract/errors.ts';

/** A path that is not there is, to API Gateway, a missing token. */
const ANSWERS: ReadonlyArray<readonly [ResponseType, ErrorCode]> = [
  [Type.MISSING_AUTHENTICATION_TOKEN, 'ROUTE_NOT_FOUND'],
  [Type.RESOURCE_NOT_FOUND, 'ROUTE_NOT_FOUND'],
  [Type.REQUEST_TOO_LARGE, 'BODY_TOO_LARGE'],
  [Type.THROTTLED, 'THROTTLED'],
  [Type.QUOTA_EXCEEDED, 'THROTTLED'],
  [Type.DEFAULT_5XX, 'INTERNAL'],
];

/** Gives the API its own answers. */
export function gatewayAnswers(api: RestApi): void {
  for (const [type, code] of ANSWERS) {
    const [status, message] = ERRORS[code];
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: { 'Cache-Control': "'no-store'" },
      // API Gateway puts the request id in; the rest is constant and needs no escaping by VTL.
      templates: { 'application/json': JSON.stringify({ code, message, requestId: '$context.requestId' }) },
    });
  }
}
