import * as fc from 'fast-check';
import { whyRefused } from '#core/engines/dial/refused-ranges.ts';

const away = (address: string) => whyRefused(address, { ownMachine: false });
const local = (address: string) => whyRefused(address, { ownMachine: true });

test.each([
  ['0.0.0.0', 'no host'],
  ['0.1.2.3', 'no host'],
  ['169.254.169.254', 'link-local'],
  ['169.254.170.2', 'link-local'],
  ['169.254.0.1', 'link-local'],
  ['224.0.0.251', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'no host'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['febf:ffff::1', 'link-local'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['fd00:ec2::254', 'EC2'],
  ['fd00:0ec2:0:0:0:0:0:253', 'EC2'],
  // The same in other clothes.
  ['::ffff:169.254.169.254', 'link-local'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['0:0:0:0:0:FFFF:A9FE:A9FE', 'link-local'],
  ['::ffff:0:169.254.169.254', 'link-local'],
  ['::169.254.169.254', 'link-local'],
  ['64:ff9b::169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['64:ff9b:1::a9fe:a9fe', 'RFC 8215'],
  ['2002:a9fe:a9fe::1', 'link-local'],
  ['2001:0:a9fe:a9fe::1', 'Teredo'],
  ['::ffff:0.0.0.0', 'no host'],
  ['shop.test', 'no address'],
  ['', 'no address'],
])('%s is refused everywhere: %s', (address, why) => {
  expect(away(address)).toContain(why);
  expect(local(address)).toContain(why);
});

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '::7f00:1',
])('%s is this machine itself: refused but where the local mode allows it', (address) => {
  expect(away(address)).toContain('this machine');
  expect(local(address)).toBeUndefined();
});

test.each([
  '10.0.0.5',
  '172.31.255.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.253.255.255',
  '169.255.0.1',
  '126.255.255.255',
  '128.0.0.1',
  '223.255.255.255',
  '52.95.110.1',
  '2600:1f14::1',
  'fd12:3456::1',
  'fd00:ec3::1',
  'fe00::1',
  '::ffff:10.0.0.5',
  '64:ff9b::a00:5',
  '2002:a00:5::1',
])('%s is an address at which a database may listen', (address) => {
  expect(away(address)).toBeUndefined();
});

test('an address of IPv4 is judged alike in whatever clothes it comes', () => {
  const byte = fc.oneof(fc.constantFrom(0, 10, 127, 169, 172, 224, 240, 254, 255), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 4, maxLength: 4 }), fc.boolean(), (bytes, ownMachine) => {
      const dotted = bytes.join('.');
      const groups = [0, 2].map((at) => ((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)).toString(16));
      const said = whyRefused(dotted, { ownMachine });
      const clothed = [
        `::ffff:${dotted}`,
        `0:0:0:0:0:ffff:${groups.join(':')}`,
        `64:ff9b::${dotted}`,
        `2002:${groups.join(':')}::`,
      ];
      for (const address of clothed) expect([address, whyRefused(address, { ownMachine })]).toEqual([address, said]);
    }),
    { numRuns: 2_000 },
  );
});

test('an address of IPv6 is judged alike however it is spelled', () => {
  const group = fc.oneof(fc.constantFrom(0, 0, 0, 1, 0xfe80, 0xff02, 0xfd00, 0x0ec2, 0x64, 0xff9b), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const long = groups.map((each) => each.toString(16).padStart(4, '0')).join(':');
      // A URL holds the shortest spelling (WHATWG URL, "IPv6 serializer").
      const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
      expect([short, away(short), away(short.toUpperCase())]).toEqual([short, away(long), away(long)]);
    }),
    { numRuns: 2_000 },
  );
});
