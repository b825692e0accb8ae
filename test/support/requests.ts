/** Requests as an adapter hands them to `serve()`, and their answers read back. */
import type { HttpAnswer, HttpRequest } from '#core/http/message.ts';

/** A request of our own page. */
export const request = (
  method: string,
  path: string,
  changes: Partial<HttpRequest> & { json?: unknown } = {},
): HttpRequest => {
  const { json, ...rest } = changes;
  return {
    method,
    path,
    query: {},
    body: json === undefined ? undefined : JSON.stringify(json),
    requestId: 'request-1',
    address: '192.0.2.1',
    signal: new AbortController().signal,
    ...rest,
    headers: { 'x-lodge-request': '1', 'sec-fetch-site': 'same-origin', ...rest.headers },
  };
};

/** Everything that an answer carries, as text. */
export async function textOf({ body }: HttpAnswer): Promise<string> {
  if (typeof body === 'string') return body;
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of body) text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  return text;
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what its test is about.
export const jsonOf = async (answer: HttpAnswer): Promise<any> => JSON.parse(await textOf(answer));

// biome-ignore lint/suspicious/noExplicitAny: see above.
export const recordsOf = async (answer: HttpAnswer): Promise<any[]> =>
  (await textOf(answer))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** The `Cookie` header that a browser would send after an answer. */
export const cookieHeader = ({ cookies }: Pick<HttpAnswer, 'cookies'>): string =>
  cookies
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
