import { runInNewContext } from 'node:vm';
import { handler, pageRouter } from '../../lib/page-router.ts';
import { HOSTILE_PATHS } from '../support/hostile.ts';

const answer = (uri: string): string => handler({ request: { uri } }).uri;

describe('the page router', () => {
  test.each(['/', '/query', '/resources/arn:aws:rds:eu-central-1:111122223333:db:shop', '/a/b/', '/v1.2/tables'])(
    '%s is the one page of the app',
    (uri) => {
      expect(answer(uri)).toBe('/index.html');
    },
  );

  test.each(['/index.html', '/favicon.svg', '/assets/main-0a1b2c3d.js'])('%s is a file', (uri) => {
    expect(answer(uri)).toBe(uri);
  });

  test.each([
    ...HOSTILE_PATHS,
    '//evil.example',
    '//evil.example/',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/..%2f..%2fx',
  ])('%.60s never sends a browser elsewhere, nor S3 to another bucket', (uri) => {
    const answered = handler({ request: { uri } });
    expect(Object.keys(answered)).toEqual(['uri']);
    expect(['/index.html', uri]).toContain(answered.uri);
  });

  test('the rest of a request stays as it was', () => {
    const request = { uri: '/tabs', method: 'GET', headers: { host: { value: 'lodge.example.com' } } };
    expect(handler({ request })).toEqual({ ...request, uri: '/index.html' });
  });

  test('its source runs alone, as CloudFront runs it', () => {
    const source = `${pageRouter()}; handler({ request: { uri: '/query' } }).uri`;
    expect(runInNewContext(source)).toBe('/index.html');
    expect(pageRouter()).toMatch(/^function handler\(/);
    expect(Buffer.byteLength(pageRouter())).toBeLessThan(10_240);
  });
});
