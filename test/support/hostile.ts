/** What somebody writes into a request line, or into a value that might become a header. */

/** Paths that lead to a route, or out of a folder, only for whoever reads them carelessly. */
export const HOSTILE_PATHS: readonly string[] = [
  '//api/instance',
  '//evil.example/api/instance',
  '/api//instance',
  '/api/instance/',
  '/api/./instance',
  '/api/../api/instance',
  '/api/x/../instance',
  '/api/%2e%2e/api/instance',
  '/api/..%2finstance',
  '/api%2finstance',
  '/api%2Finstance',
  '/api/%69nstance',
  '/api/instance%00',
  '/api/instance%00.html',
  '/api/instance;x=1',
  '/api/instance%3fx=1',
  '/api/instance%23x',
  '/api/instance%20',
  '/api/instance%0d%0aset-cookie:%20a=1',
  '/api/instance%c0%ae',
  '/api/instance%',
  '/api/instance%zz',
  '/API/INSTANCE',
  '/api\\instance',
  '/api/{name}',
  '/api/__proto__',
  '/api/constructor',
  `/api/${'a'.repeat(8_000)}`,
  `/api${'/..'.repeat(500)}`,
];

/** The line ends of HTTP, and what some programs take for them. */
export const LINES: readonly string[] = [
  'a\r\nset-cookie: evil=1',
  'a\nx: y',
  'a\rx: y',
  'a\u0000b',
  'a\u2028b',
  'ä\u010d\u010a',
];
