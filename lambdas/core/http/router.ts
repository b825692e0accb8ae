import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';

export interface Match {
  readonly name: RouteName;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** What a method and a path lead to: a route, or the methods that the path would take (none: there is no such path). */
export type Found = { match: Match } | { allowed: readonly string[] };

/** Finds one of the named routes. The methods of a path are told apart here, so that a wrong one is 405 and not 404. */
export function router(names: readonly RouteName[]): (method: string, path: string) => Found {
  const table = names.map((name) => ({ name, route: ROUTES[name] as Route, segments: ROUTES[name].path.split('/') }));
  return (method, path) => {
    const asked = path.split('/');
    const all = table.flatMap(({ name, route, segments }) => {
      const params = matchSegments(segments, asked);
      return params ? [{ name, route, params }] : [];
    });
    // A path that is written out comes before one with a name in it, whatever its methods: so does API Gateway.
    const written = all.filter(({ params }) => Object.keys(params).length === 0);
    const here = written.length > 0 ? written : all;
    const match = here.find(({ route }) => route.method === method);
    return match ? { match } : { allowed: [...new Set(here.map(({ route }) => route.method))] };
  };
}

function matchSegments(segments: readonly string[], asked: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== asked.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const given = asked[at] ?? '';
    if (!segment.startsWith('{')) {
      if (segment !== given) return undefined;
      continue;
    }
    const value = decode(given);
    if (!value) return undefined;
    params[segment.slice(1, -1)] = value;
  }
  return params;
}

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};
