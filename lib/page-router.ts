/**
 * Runs at CloudFront's edge, before S3 is asked for a page. Its source is sent as it stands (`pageRouter`), so it may use
 * nothing from outside, and only what the run time cloudfront-js-2.0 has.
 */
interface ViewerRequest {
  readonly request: { uri: string };
}

/** The app has one page: every path whose last part has no extension is that page, and the browser reads the rest. */
export function handler(event: ViewerRequest): ViewerRequest['request'] {
  const request = event.request;
  const last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (!last.includes('.')) request.uri = '/index.html';
  return request;
}

/** The code of the edge function: Node has blanked out the types by now. */
export const pageRouter = (): string => handler.toString();
