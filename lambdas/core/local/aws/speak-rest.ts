/**
 * The REST-JSON protocol: method and path name the operation, parameters stand in path, query and body, and an error's
 * name in a header (Smithy, "AWS restJson1 protocol").
 */
import { Fault } from './fault.ts';
import type { RestService, WholeAnswer } from './service.ts';
import type { Speaking } from './speaking.ts';
import { serviceOf, verifyRequest } from './verify-request.ts';

export const speakRest: Speaking<RestService> = {
  isMeant: ({ name }, request) =>
    request.target === undefined && !request.parameters.has('Version') && serviceOf(request.headers) === name,

  verify: verifyRequest,

  run(service, { method, path, query, headers, body }, caller) {
    for (const operation of service.operations) {
      const named = operation.method === method ? match(operation.path, path) : undefined;
      if (named) return operation.answer({ path: named, query: new Map(query), headers, body }, caller);
    }
    throw new Fault('unknownOperation', `There is no operation at ${method} ${path}.`);
  },

  refuse(_service, fault) {
    const { code, status } = fault.in('rest');
    const { headers, body } = restJson({ message: fault.message });
    return { status, headers: { ...headers, 'x-amzn-errortype': code }, body };
  },
};

/** An answer of an operation. */
export const restJson = (value: object): WholeAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

/** What stands at the names of a template; undefined where it is another path. Faults: invalid, where it is badly encoded. */
const match = (template: string, path: string): Map<string, string> | undefined => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const named = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (!name && segment !== value) return undefined;
    if (name) named.set(name, decode(value));
  }
  return named;
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Fault('invalid', 'The path of the request is not encoded as it should be.');
  }
};
