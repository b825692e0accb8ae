/**
 * Cuts a packed function's source map down to our own lines. What maps into packages is four fifths of it; a frame in a
 * package then shows its place in the packed file, and every frame of ours its file and line as before. Run behind
 * esbuild: `node lib/own-lines.ts MAP`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

interface SourceMap {
  readonly version: number;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** The same map, with the sources of packages left out and what mapped into them left open. */
export function ownLines(map: SourceMap): SourceMap {
  const sources = new Numbers(map.sources);
  const names = new Numbers(map.names);
  const own = map.sources.map((source) => !source.includes('node_modules/'));
  const lines = decode(map.mappings).map((line) => {
    const kept: SourceMapSegment[] = [];
    for (const [at, source, row = 0, column = 0, name] of line) {
      if (source === undefined || !own[source]) {
        // Where ours ends; a place that is open already need not be said again.
        if (kept.at(-1) && kept.at(-1)?.length !== 1) kept.push([at]);
      } else if (name === undefined) kept.push([at, sources.of(source), row, column]);
      else kept.push([at, sources.of(source), row, column, names.of(name)]);
    }
    return kept;
  });
  return { ...map, sources: sources.used, names: names.used, mappings: encode(lines) };
}

/** Entries of a list, numbered anew in the order in which they are asked for. */
class Numbers {
  readonly used: string[] = [];
  readonly #numbers = new Map<number, number>();
  readonly #all: readonly string[];

  constructor(all: readonly string[]) {
    this.#all = all;
  }

  of(before: number): number {
    const known = this.#numbers.get(before);
    if (known !== undefined) return known;
    this.#numbers.set(before, this.used.length);
    return this.used.push(this.#all[before] ?? '') - 1;
  }
}

if (import.meta.main) {
  const [, , path = ''] = process.argv;
  writeFileSync(path, JSON.stringify(ownLines(JSON.parse(readFileSync(path, 'utf8')))));
}
