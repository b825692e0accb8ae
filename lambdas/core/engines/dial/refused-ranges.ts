/**
 * Addresses at which no database of anybody's listens, but what answers a process about itself: its metadata, its
 * credentials, its neighbours. Private addresses are not among them, for there databases stand.
 */
import { isIP, isIPv4 } from 'node:net';

interface Range {
  /** The first bytes, and how many bits of them count. */
  readonly bytes: readonly number[];
  readonly bits: number;
  readonly what: string;
  /** True: this machine itself, which the local mode and tests may reach. */
  readonly own?: boolean;
}

/** Each with where it is set down; IANA keeps the whole list (RFC 6890). */
const V4: readonly Range[] = [
  { bytes: [0], bits: 8, what: 'of no host (RFC 1122, 3.2.1.3)' },
  { bytes: [127], bits: 8, what: 'of this machine itself (RFC 1122, 3.2.1.3)', own: true },
  // Metadata of EC2, credentials of ECS, Lambda's own services: all at 169.254 (EC2 User Guide, "Instance metadata").
  { bytes: [169, 254], bits: 16, what: 'link-local (RFC 3927)' },
  { bytes: [224], bits: 4, what: 'multicast (RFC 5771)' },
  { bytes: [240], bits: 4, what: 'reserved, or broadcast (RFC 1112, 4; RFC 919)' },
];

const V6: readonly Range[] = [
  { bytes: [...Array<number>(15).fill(0), 1], bits: 128, what: 'of this machine itself (RFC 4291, 2.5.3)', own: true },
  { bytes: Array<number>(16).fill(0), bits: 128, what: 'of no host (RFC 4291, 2.5.2)' },
  { bytes: [0xfe, 0x80], bits: 10, what: 'link-local (RFC 4291, 2.5.6)' },
  { bytes: [0xfe, 0xc0], bits: 10, what: 'site-local, and given up (RFC 3879)' },
  { bytes: [0xff], bits: 8, what: 'multicast (RFC 4291, 2.7)' },
  {
    bytes: [0xfd, 0x00, 0x0e, 0xc2],
    bits: 32,
    what: 'of a service of EC2 itself (EC2 User Guide, "Instance metadata")',
  },
  { bytes: [0, 0x64, 0xff, 0x9b, 0, 1], bits: 48, what: 'translated by a rule nobody here knows (RFC 8215)' },
  { bytes: [0x20, 0x01, 0, 0], bits: 32, what: 'a tunnel of Teredo (RFC 4380)' },
];

/** Addresses of IPv6 that stand for one of IPv4, which begins at the byte `at`. */
const EMBEDDED: readonly (Omit<Range, 'what'> & { readonly at: number })[] = [
  // Mapped (RFC 4291, 2.5.5.2), and translated (RFC 2765, 2.1).
  { bytes: [...Array<number>(10).fill(0), 0xff, 0xff], bits: 96, at: 12 },
  { bytes: [...Array<number>(8).fill(0), 0xff, 0xff, 0, 0], bits: 96, at: 12 },
  // Compatible (RFC 4291, 2.5.5.1); after `::` and `::1` have been looked at.
  { bytes: Array<number>(12).fill(0), bits: 96, at: 12 },
  // NAT64, which VPCs have (RFC 6052, 2.1), and 6to4 (RFC 3056, 2).
  { bytes: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96, at: 12 },
  { bytes: [0x20, 0x02], bits: 16, at: 2 },
];

/** Why nothing is dialled at an address; undefined where it may be. What is no address is refused too. */
export function whyRefused(address: string, { ownMachine }: { readonly ownMachine: boolean }): string | undefined {
  const bytes = bytesOf(address);
  if (!bytes) return 'no address';
  const range = rangeOf(bytes);
  return range === undefined || (range.own && ownMachine) ? undefined : range.what;
}

function rangeOf(bytes: readonly number[]): Range | undefined {
  const found = (bytes.length === 4 ? V4 : V6).find((range) => isWithin(bytes, range));
  if (found || bytes.length === 4) return found;
  const embedded = EMBEDDED.find((range) => isWithin(bytes, range));
  return embedded && rangeOf(bytes.slice(embedded.at, embedded.at + 4));
}

const isWithin = (bytes: readonly number[], { bytes: first, bits }: Pick<Range, 'bytes' | 'bits'>): boolean =>
  first.every((byte, at) => {
    const mask = 0xff & ~(0xff >> Math.min(8, Math.max(0, bits - at * 8)));
    return ((bytes[at] ?? 0) & mask) === (byte & mask);
  });

/** Four bytes or sixteen, as the notations of RFC 4291, 2.2 spell them; a zone (`%eth0`) is left out. */
function bytesOf(address: string): number[] | undefined {
  const [text = ''] = address.split('%');
  if (isIP(text) === 0) return undefined;
  if (isIPv4(text)) return text.split('.').map(Number);
  const [head = [], tail] = text.split('::').map(groupsOf);
  if (!tail) return [...head];
  return [...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

const groupsOf = (text: string): number[] =>
  text
    .split(':')
    .filter(Boolean)
    .flatMap((group) =>
      group.includes('.')
        ? group.split('.').map(Number)
        : [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff],
    );
