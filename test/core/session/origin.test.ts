import { AppError } from '#contract/errors.ts';
import { demandProof, refuseForeignPage } from '#core/session/origin.ts';

const passes = (check: typeof demandProof, method: string, headers: Record<string, string>): boolean => {
  try {
    check({ method, headers });
    return true;
  } catch (error) {
    expect((error as AppError).code).toBe('ORIGIN_REFUSED');
    return false;
  }
};

test.each([
  ['POST', {}, true, 'a tool says nothing of sites'],
  ['POST', { 'sec-fetch-site': 'same-origin' }, true, 'our own page'],
  ['POST', { 'sec-fetch-site': 'none' }, true, 'the user alone'],
  ['POST', { 'sec-fetch-site': 'same-site' }, false, 'a neighbour'],
  ['DELETE', { 'sec-fetch-site': 'cross-site' }, false, 'a stranger'],
  ['PUT', { 'sec-fetch-site': 'cross-site' }, false, 'a stranger'],
  ['PATCH', { 'sec-fetch-site': 'same-site' }, false, 'a neighbour'],
  ['patch', { 'sec-fetch-site': 'cross-site' }, false, 'a stranger who does not know the spelling'],
  ['GET', { 'sec-fetch-site': 'cross-site' }, true, 'reading changes nothing'],
])('on any route, %s with %j passes: %s (%s)', (method, headers, expected, _why) => {
  expect(passes(refuseForeignPage, method, headers as Record<string, string>)).toBe(expected);
});

test.each([
  ['GET', {}, true],
  ['POST', {}, false],
  ['PUT', {}, false],
  ['PATCH', {}, false],
  ['PUT', { 'x-lodge-request': '1', 'sec-fetch-site': 'same-origin' }, true],
  ['PATCH', { 'x-lodge-request': '1', 'sec-fetch-site': 'same-site' }, false],
  ['POST', { 'x-lodge-request': '' }, false],
  ['POST', { 'x-lodge-request': '1' }, true],
  ['POST', { 'x-lodge-request': '1', 'sec-fetch-site': 'none' }, false],
  ['POST', { 'x-lodge-request': '1', 'sec-fetch-site': 'same-origin' }, true],
  ['DELETE', { 'x-lodge-request': '1', 'sec-fetch-site': 'cross-site' }, false],
])('with a session by cookie, %s with %j passes: %s', (method, headers, expected) => {
  expect(passes(demandProof, method, headers as Record<string, string>)).toBe(expected);
});

test('the refusal is ours', () => {
  expect(() => demandProof({ method: 'POST', headers: {} })).toThrow(AppError);
});
