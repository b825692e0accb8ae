import type { APIGatewayProxyEventHeaders, APIGatewayProxyEventMultiValueHeaders } from 'aws-lambda';

interface Sent {
  readonly headers: APIGatewayProxyEventHeaders | null;
  readonly multiValueHeaders?: APIGatewayProxyEventMultiValueHeaders | null;
}

/** Several headers of one name are joined as HTTP allows: cookies by semicolons (RFC 6265bis), others by commas. */
export function readHeaders({ headers, multiValueHeaders }: Sent): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(defined(headers))) joined[name.toLowerCase()] = value;
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    const lower = name.toLowerCase();
    if (values && values.length > 0) joined[lower] = values.join(lower === 'cookie' ? '; ' : ', ');
  }
  return joined;
}

/** Without those that are named and have no value. */
export const defined = (values: Record<string, string | undefined> | null): Record<string, string> =>
  Object.fromEntries(Object.entries(values ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined));
