import { readFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };

/** Where Node would find `name` from the package at `from`: beside it, or in a folder above. */
function find(from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const key = `${at ? `${at}/` : ''}node_modules/${name}`;
    if (packages[key]) return key;
    if (!at) return undefined;
  }
}

describe('the lock file', () => {
  it('holds the optional packages of every platform, so that `npm ci` works on all of them', () => {
    const missing = Object.entries(packages).flatMap(([key, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !find(key, name)),
    );
    expect(missing).toEqual([]);
  });

  it('names a version for every package, and a hash for all but those of other platforms and those inside of others', () => {
    const packed = Object.entries(packages).filter(([key]) => key !== '');
    expect(packed.length).toBeGreaterThan(500);
    expect(packed.filter(([, { version }]) => !version)).toEqual([]);
    const loose = packed.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
    // See docs/decisions/0018-what-is-checked-of-dependencies.md.
    expect(loose.filter(([, { optional, inBundle }]) => !optional && !inBundle).map(([key]) => key)).toEqual([]);
  });

  it('names no address to download from', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
