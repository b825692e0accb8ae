import { useMemo, useState } from 'react';
import { Icon } from '../components/icon.tsx';
import { hexLine, hexLines, type PerLine } from './hex-dump.ts';
import { type JsonLine, unfolded } from './json-lines.ts';
import type { ArrayValue } from './pg-array.ts';
import styles from './value.module.css';
import { VirtualLines } from './virtual-lines.tsx';

/** Of a longer text the beginning is shown first: laying out megabytes of it would hold up the page. */
const SHOWN_FIRST = 200_000;

export function TextView({ text, wrap }: { text: string; wrap: boolean }) {
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > SHOWN_FIRST;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section className={styles.text} data-wrap={wrap ? '' : undefined} aria-label="Text" tabIndex={0}>
      {text === '' ? <span className={styles.empty}>Empty text</span> : cut ? text.slice(0, SHOWN_FIRST) : text}
      {cut && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString('en')} characters
        </button>
      )}
    </section>
  );
}

/** JSON line by line; what opens can be folded. */
export function JsonView({ lines }: { lines: readonly JsonLine[] }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const seen = useMemo(() => unfolded(lines, folded), [lines, folded]);
  const toggle = (line: number): void => {
    const next = new Set(folded);
    if (!next.delete(line)) next.add(line);
    setFolded(next);
  };
  return (
    <VirtualLines
      count={seen.length}
      label="JSON"
      line={(index) => {
        const number = seen[index] ?? 0;
        const line = lines[number];
        return (
          line && <JsonRow line={line} lines={lines} isFolded={folded.has(number)} onToggle={() => toggle(number)} />
        );
      }}
    />
  );
}

export function JsonRow(props: { line: JsonLine; lines: readonly JsonLine[]; isFolded: boolean; onToggle(): void }) {
  const { line, lines, isFolded, onToggle } = props;
  const { depth, parts, closedBy, holds = 0 } = line;
  return (
    <>
      <span style={{ width: depth * 16 + 4, flex: 'none' }} />
      {closedBy === undefined ? (
        <span className={styles.fold} />
      ) : (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={!isFolded}
          aria-label={isFolded ? 'Unfold' : 'Fold'}
          onClick={onToggle}
        >
          <Icon name={isFolded ? 'chevronRight' : 'chevronDown'} size={12} />
        </button>
      )}
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never change
        <span key={place} data-part={part.kind}>
          {part.text}
        </span>
      ))}
      {isFolded && closedBy !== undefined && (
        <>
          <span className={styles.folded}>
            {holds} {holds === 1 ? 'value' : 'values'}
          </span>
          <span data-part="sign">{lines[closedBy]?.parts.map(({ text }) => text).join('')}</span>
        </>
      )}
    </>
  );
}

/** Narrower than this, eight bytes stand on a line. In pixels. */
const ROOM_FOR_SIXTEEN = 590;

export function BytesView({ bytes }: { bytes: Uint8Array }) {
  const [perLine, setPerLine] = useState<PerLine>(8);
  return (
    <VirtualLines
      count={hexLines(bytes, perLine)}
      label="Bytes"
      onWidth={(width) => setPerLine(width < ROOM_FOR_SIXTEEN ? 8 : 16)}
      line={(index) => {
        const { offset, hex, letters } = hexLine(bytes, index, perLine);
        return (
          <>
            <span className={styles.offset}>{offset}</span>
            <span className={styles.hex}>{hex}</span>
            <span data-part="text">{letters}</span>
          </>
        );
      }}
    />
  );
}

/** The elements of an array, one a line; arrays in it are indented. */
export function ArrayView({ values }: { values: readonly ArrayValue[] }) {
  const flat = useMemo(() => [...flatten(values, 0, '')], [values]);
  return (
    <VirtualLines
      count={flat.length}
      label="Elements"
      line={(index) => {
        const item = flat[index];
        return (
          item && (
            <>
              <span className={styles.offset} style={{ paddingLeft: item.depth * 16 }}>
                {item.place}
              </span>
              <span data-part={item.value === null ? 'word' : 'value'}>{item.value ?? 'NULL'}</span>
            </>
          )
        );
      }}
    />
  );
}

function* flatten(
  values: readonly ArrayValue[],
  depth: number,
  before: string,
): Generator<{ depth: number; place: string; value: string | null }> {
  for (const [index, value] of values.entries()) {
    const place = `${before}${index + 1}`;
    if (Array.isArray(value)) yield* flatten(value, depth + 1, `${place}.`);
    else yield { depth, place, value };
  }
}
