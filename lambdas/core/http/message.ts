/** A request and an answer, as `serve()` knows them: neither Lambda's nor Node's. */

export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent, in UTF-8. */
  readonly body: string | undefined;
  readonly requestId: string;
  /** Where it came from: an IP address. */
  readonly address: string;
  /** Whose execution environment this is, where each user has some of their own; see `session/tenant.ts`. */
  readonly tenant?: string;
  /** Aborts when the client has left or the function's time is nearly over. */
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** A stream is compressed and flushed piece by piece. Its bytes are given away: each piece is made anew, and freed. */
  readonly body: string | AsyncIterable<string | Uint8Array>;
}

export type Serve = (request: HttpRequest) => Promise<HttpAnswer>;

/** The largest body that is read, in bytes: a Lambda event holds 6 MB with its envelope (Lambda quotas). */
export const BODY_LIMIT = 4_500_000;

/** The header that a page must send with every unsafe request made by cookie: no form and no other origin can. */
export const PROOF_HEADER = 'x-lodge-request';
