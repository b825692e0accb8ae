import { ROUTES, type RouteName } from '#contract/routes.ts';
import { router } from '#core/http/router.ts';

const all = Object.keys(ROUTES) as RouteName[];

test.each(all)('%s is found by its method and path', (name) => {
  const found = router(all)(ROUTES[name].method, ROUTES[name].path);
  expect(found).toMatchObject({ match: { name, params: {} } });
});

test('routes of one path are told apart by their methods', () => {
  const find = router(all);
  expect(find('GET', '/api/session')).toMatchObject({ match: { name: 'whoAmI' } });
  expect(find('POST', '/api/session')).toMatchObject({ match: { name: 'signIn' } });
});

test('a path with another method names the methods it takes', () => {
  expect(router(all)('PUT', '/api/session')).toEqual({ allowed: ['POST', 'GET', 'DELETE'] });
  expect(router(all)('get', '/api/instance')).toEqual({ allowed: ['GET', 'POST'] });
});

test('a path that is none takes no method', () => {
  for (const path of [
    '/',
    '',
    '/api',
    '/api/nothing',
    '/api/session/',
    '/api/session/x',
    '//api/session',
    '/API/session',
  ])
    expect(router(all)('GET', path)).toEqual({ allowed: [] });
});

test('a route that is not served here is not found', () => {
  expect(router(['whoAmI'])('GET', '/api/instance')).toEqual({ allowed: [] });
  expect(router(['whoAmI'])('POST', '/api/session')).toEqual({ allowed: ['GET'] });
});

test('a path that is written out comes before one with a name in it', () => {
  const find = router(all);
  expect(find('GET', '/api/automations/abcdefghijkl')).toMatchObject({ match: { name: 'automation' } });
  expect(find('POST', '/api/automations/abcdefghijkl')).toEqual({ allowed: ['GET'] });
  expect(find('GET', '/api/automations/list')).toEqual({ allowed: ['POST'] });
});

describe('parameters of a path', () => {
  const find = (path: string, asked: string) => {
    const declared = ROUTES.instance as { path: string };
    const before = declared.path;
    declared.path = path;
    try {
      return router(['instance'])('GET', asked);
    } finally {
      declared.path = before;
    }
  };

  test('are read and decoded', () => {
    const found = find('/api/users/{id}/sessions', '/api/users/aws%3A1%3AA%2Fb/sessions');
    expect(found).toMatchObject({ match: { params: { id: 'aws:1:A/b' } } });
  });

  test('are never empty, and never badly encoded', () => {
    expect(find('/api/users/{id}', '/api/users/')).toEqual({ allowed: [] });
    expect(find('/api/users/{id}', '/api/users/%E0%A4%A')).toEqual({ allowed: [] });
  });
});
