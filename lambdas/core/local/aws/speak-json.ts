/** The JSON protocol: `X-Amz-Target` names the operation, and the body is all there is. */
import { Fault } from './fault.ts';
import type { JsonService } from './service.ts';
import type { Speaking } from './speaking.ts';
import { verifyRequest } from './verify-request.ts';

export const speakJson: Speaking<JsonService> = {
  isMeant: (service, { path, target }) => path === '/' && target?.service === service.target,

  verify: verifyRequest,

  run(service, { target, body }, caller) {
    const answer = service.answer(target?.operation ?? '', body, caller);
    if (!answer) throw new Fault('unknownOperation', 'The requested operation is not recognized.');
    return answer;
  },

  refuse(service, fault) {
    const { code, status } = fault.in('json');
    const body = Buffer.from(JSON.stringify({ __type: code, message: fault.message }));
    return { status, headers: { 'content-type': service?.contentType ?? 'application/x-amz-json-1.1' }, body };
  },
};
