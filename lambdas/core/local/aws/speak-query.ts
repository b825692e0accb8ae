/** The query protocol: parameters of a form, answers in XML. */
import { Fault } from './fault.ts';
import type { QueryService, RawAnswer } from './service.ts';
import type { Speaking } from './speaking.ts';
import { verifyRequest } from './verify-request.ts';
import { toXml, type XmlElement } from './xml.ts';

export const speakQuery: Speaking<QueryService> = {
  isMeant: ({ version }, { path, target, parameters }) =>
    path === '/' && target === undefined && parameters.get('Version') === version,

  verify: verifyRequest,

  run(service, { parameters }, caller, requestId) {
    const action = parameters.get('Action') ?? '';
    const operation = Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
    if (!operation) {
      throw new Fault('unknownOperation', `Could not find operation ${action} for version ${service.version}`);
    }
    const result = { [`${action}Result`]: operation(parameters, caller) };
    return xml(service, 200, `${action}Response`, { ...result, ResponseMetadata: { RequestId: requestId } });
  },

  refuse(service, fault, requestId) {
    const { code, status } = fault.in('query');
    const Type = status < 500 ? 'Sender' : 'Receiver';
    const content = { Error: { Type, Code: code, Message: fault.message }, RequestId: requestId };
    return xml(service, status, 'ErrorResponse', content);
  },
};

const xml = (service: QueryService | undefined, status: number, root: string, content: XmlElement): RawAnswer => {
  const namespace = service ? ` xmlns="${service.namespace}"` : '';
  const body = Buffer.from(`<?xml version="1.0"?>\n<${root}${namespace}>${toXml(content)}</${root}>\n`);
  return { status, headers: { 'content-type': 'text/xml' }, body };
};
