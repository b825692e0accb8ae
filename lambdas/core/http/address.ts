/** The address that a request came from, as far as it can be believed. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';

/** What CloudFront adds to every request for the API: a word that nobody outside knows. It overwrites what a viewer sent. */
export const SITE_HEADER = 'x-lodge-site';

interface Arrived {
  readonly headers: Readonly<Record<string, string>>;
  /** Who spoke to API Gateway: a viewer, or CloudFront for one. */
  readonly sourceIp: string;
}

/**
 * Behind CloudFront the source is CloudFront itself. It appends the viewer's address to `X-Forwarded-For`, and API Gateway
 * appends CloudFront's (CloudFront Developer Guide, "Request and response behavior for custom origins"; API Gateway: each
 * proxy adds its peer). What stands before those two is whatever the viewer wrote. Without `proof` of the site nothing of
 * it is read, for the API has a URL of its own.
 */
export function addressOf({ headers, sourceIp }: Arrived, proof: string | undefined): string {
  if (!proof || !equal(headers[SITE_HEADER] ?? '', proof)) return sourceIp;
  const passed = (headers['x-forwarded-for'] ?? '').split(',').map((entry) => entry.trim());
  if (passed.at(-1) === sourceIp) passed.pop();
  const viewer = passed.at(-1) ?? '';
  return isIP(viewer) ? viewer : sourceIp;
}

/** In a time that says nothing of where the two differ, or how long they are. */
const equal = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * What one subscriber holds: an IPv4 address; of IPv6 a network of 64 bits, for each device of a home or an office chooses
 * its own address within one (RFC 6177; RFC 8981), a new one at will.
 */
export function blockOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIPv4(bare)) return bare;
  if (!isIP(bare)) return 'unknown';
  const groups = groupsOf(bare);
  // IPv4 in the clothes of IPv6 (RFC 4291, 2.5.5.2), as a server that listens to both sees it.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address. The URL parser writes all its spellings in one way (WHATWG URL, "IPv6 serializer"). */
function groupsOf(address: string): number[] {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}
