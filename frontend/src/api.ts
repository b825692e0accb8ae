/** The typed client of Lodge's API, made from the routes. Cookies carry the session; nothing here ever sees a key twice. */
import { ErrorBody, type ErrorDetails } from '#contract/errors.ts';
import { type CallInput, type Returned, ROUTES, type RouteName } from '#contract/routes.ts';

/** What the API refused, or what became of the way to it (`NETWORK`, `STREAM_CUT`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly requestId: string | undefined;
  readonly details: ErrorDetails | undefined;
  constructor(body: { code: string; message: string; requestId?: string; details?: ErrorDetails | undefined }) {
    super(body.message);
    this.code = body.code;
    this.requestId = body.requestId;
    this.details = body.details;
  }
}

type JsonRoute = { [N in RouteName]: (typeof ROUTES)[N] extends { streams: unknown } ? never : N }[RouteName];
type StreamRoute = Exclude<RouteName, JsonRoute>;

/** Called when the session has ended; resolves once somebody has signed in again, rejects when they would not. */
let signInAgain: (() => Promise<void>) | undefined;
export const onSessionEnd = (handler: (() => Promise<void>) | undefined): void => {
  signInAgain = handler;
};

/** Called when a role was not enough: it is another one than the page believes. */
let roleRefused: (() => void) | undefined;
export const onRoleRefused = (handler: (() => void) | undefined): void => {
  roleRefused = handler;
};

/** Calls a route. A session that has ended asks for the keys (see `onSessionEnd`) and the call is made once more. */
export async function call<N extends JsonRoute>(
  name: N,
  input: CallInput<N>,
  signal?: AbortSignal,
): Promise<Returned<N>> {
  const response = await send(name, input, signal);
  return (response.status === 204 ? undefined : await response.json()) as Returned<N>;
}

/** Opens a stream and yields its lines as bytes, without their line feeds: parsing is the reader's, where it needs it. */
export async function* lines<N extends StreamRoute>(
  name: N,
  input: CallInput<N>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const response = await send(name, input, signal);
  if (!response.body) return;
  const reader = response.body.getReader();
  const held: Uint8Array[] = [];
  try {
    for (;;) {
      // The answer had begun: whatever ends it now has cut it off.
      const { done, value } = await reader
        .read()
        .catch(() => Promise.reject(signal?.aborted ? signal.reason : streamCut()));
      if (done) break;
      let from = 0;
      for (let feed = value.indexOf(10); feed !== -1; feed = value.indexOf(10, from)) {
        held.push(value.subarray(from, feed));
        const line = held.length === 1 ? held[0] : concatenate(held);
        held.length = 0;
        from = feed + 1;
        if (line && line.length > 0) yield line;
      }
      if (from < value.length) held.push(value.subarray(from));
    }
    // What is left has no line feed: the stream was cut in the middle of a record.
    if (held.length > 0) throw streamCut();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The error of a stream that ended without its `end` record. */
export const streamCut = (): ApiError =>
  new ApiError({ code: 'STREAM_CUT', message: 'The answer was cut off before its end. What had arrived is kept.' });

async function send(name: RouteName, input: Record<string, unknown>, signal?: AbortSignal): Promise<Response> {
  const response = await attempt(name, input, signal);
  if (response.ok) return response;
  const error = await readError(response);
  if (error.code === 'ROLE_REQUIRED') roleRefused?.();
  if (!error.code.startsWith('SESSION_') || ROUTES[name].audience === 'public' || !signInAgain) throw error;
  await signInAgain();
  const again = await attempt(name, input, signal);
  if (again.ok) return again;
  throw await readError(again);
}

function attempt(name: RouteName, input: Record<string, unknown>, signal?: AbortSignal): Promise<Response> {
  const route = ROUTES[name];
  const params = (input.params as Record<string, string> | undefined) ?? {};
  const path = route.path.replace(/\{(\w+)\}/g, (_place, key: string) => encodeURIComponent(params[key] ?? ''));
  const url = new URL(path, location.origin);
  for (const [key, value] of Object.entries((input.query as Record<string, string | undefined>) ?? {}))
    if (value !== undefined) url.searchParams.set(key, value);
  return fetch(url, {
    method: route.method,
    headers: { 'x-lodge-request': '1', ...(input.body ? { 'content-type': 'application/json' } : {}) },
    body: input.body ? JSON.stringify(input.body) : null,
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ?? null,
  }).catch((cause: unknown) => Promise.reject(networkError(cause, signal)));
}

async function readError(response: Response): Promise<ApiError> {
  const body = ErrorBody.safeParse(await response.json().catch(() => undefined));
  return new ApiError(
    body.success
      ? { ...body.data, details: body.data.details }
      : { code: 'UNEXPECTED', message: `The server answered ${response.status} without saying why.` },
  );
}

function networkError(cause: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (cause instanceof ApiError) return cause;
  return new ApiError({ code: 'NETWORK', message: 'Lodge cannot be reached. Check the network and try again.' });
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
