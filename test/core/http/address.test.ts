import { addressOf, blockOf, SITE_HEADER } from '#core/http/address.ts';

const proof = '51af3dc0-da77-11e4-872e-1234567db123';
const cloudFront = '130.176.1.1';
const viewer = '203.0.113.9';
const through = (forwarded: string | undefined, said: string | null = proof) => ({
  sourceIp: cloudFront,
  headers: {
    ...(said !== null && { [SITE_HEADER]: said }),
    ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
  },
});

describe('the address of a request', () => {
  test.each([
    ['that came through the site is the viewer’s', `${viewer}, ${cloudFront}`, viewer],
    ['is not what the viewer has written before it', `10.0.0.1, 192.0.2.66, ${viewer}, ${cloudFront}`, viewer],
    ['may be of IPv6', `2001:db8::9, ${cloudFront}`, '2001:db8::9'],
    ['is the viewer’s too where API Gateway appends nothing', viewer, viewer],
    ['is that of the source where nobody says another', undefined, cloudFront],
    ['is never a word', `${viewer}, <script>, ${cloudFront}`, cloudFront],
    ['is never empty', `, ${cloudFront}`, cloudFront],
    ['is never two lines', `1.2.3.4\r\nx: y, ${cloudFront}`, cloudFront],
  ])('%s', (_, forwarded, expected) => {
    expect(addressOf(through(forwarded), proof)).toBe(expected);
  });

  test.each([
    ['nothing', null],
    ['an empty word', ''],
    ['another one', 'e4f1c2d0-da77-11e4-872e-1234567db124'],
    ['the beginning', proof.slice(0, -1)],
    ['it twice', `${proof}, ${proof}`],
  ])('is the source’s own for whoever says %s in the place of the site’s word', (_, said) => {
    expect(addressOf(through(`${viewer}, ${cloudFront}`, said), proof)).toBe(cloudFront);
  });

  test('is the source’s own where there is no site, whatever is said', () => {
    for (const said of ['', proof])
      for (const known of [undefined, ''])
        expect(addressOf(through(`${viewer}, ${cloudFront}`, said), known)).toBe(cloudFront);
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:cb00:7109', '203.0.113.9'],
  ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ['', 'unknown'],
  ['localhost', 'unknown'],
  ['300.1.1.1', 'unknown'],
])('%s is counted as %s', (address, block) => {
  expect(blockOf(address)).toBe(block);
});
