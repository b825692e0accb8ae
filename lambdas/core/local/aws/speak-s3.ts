/**
 * S3's own protocol: method, path and query name the operation, a body may be larger than memory, and errors are XML (S3
 * API reference, "Error responses"). Buckets stand in the path, as SDKs address an endpoint that is an IP address.
 */
import { Fault } from './fault.ts';
import { verifyS3Request } from './s3-verify-request.ts';
import type { RawAnswer, S3Service, WholeAnswer } from './service.ts';
import type { Speaking } from './speaking.ts';
import { serviceOf } from './verify-request.ts';
import { toXml, type XmlElement } from './xml.ts';

export const speakS3: Speaking<S3Service> = {
  isMeant: (service, { headers, query, path }) =>
    serviceOf(headers, query) === service.name || service.has(decode(path.split('/')[1] ?? '')),

  verify(request, service, registry, now) {
    decode(request.path);
    return verifyS3Request(request, service, registry, now);
  },

  async run(service, { method, path, query, headers, unread }, caller, requestId): Promise<RawAnswer> {
    const [, bucket = '', ...key] = path.split('/');
    const call = { method, bucket: decode(bucket), key: decode(key.join('/')), query: new Map(query), headers };
    const answer = await service.answer({ ...call, body: unread }, caller);
    return { ...answer, headers: { ...answer.headers, 'x-amz-request-id': requestId } };
  },

  refuse(_service, fault, requestId) {
    const { code, status } = fault.in('s3');
    const { headers, body } = s3Xml('Error', { Code: code, Message: fault.message, RequestId: requestId }, '');
    return { status, headers: { ...headers, 'x-amz-request-id': requestId }, body };
  },
};

const NAMESPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** An answer of an operation. */
export const s3Xml = (root: string, content: XmlElement, namespace = NAMESPACE): WholeAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${toXml(content)}</${root}>`),
});

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Fault('invalid', "Couldn't parse the specified URI.");
  }
};
