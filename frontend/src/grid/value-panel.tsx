import { useEffect, useMemo, useState } from 'react';
import type { ResultColumn, Value } from '#contract/results.ts';
import { saveFile } from '../app/save-file.ts';
import { IconButton } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { readBytes, sizeText } from './hex-dump.ts';
import { type JsonLine, jsonLines, jsonText } from './json-lines.ts';
import { type ArrayValue, readArray } from './pg-array.ts';
import { plainText } from './shown-value.ts';
import styles from './value.module.css';
import { ArrayView, BytesView, JsonView, TextView } from './value-views.tsx';
import { MOST_LINES } from './virtual-lines.tsx';

interface ValuePanelProps {
  readonly column: ResultColumn;
  readonly value: Value;
  /** As it is counted in the grid, from 1. */
  readonly row: number;
  onClose(): void;
}

/** One value, whole: as text, as JSON, as bytes or as a list. */
export function ValuePanel({ column, value, row, onClose }: ValuePanelProps) {
  const settled = useSettled(value);
  const read = useMemo(() => readValue(column, settled), [column, settled]);
  const [raw, setRaw] = useState(false);
  const [wrap, setWrap] = useState(true);
  const asText = raw || read.shape === 'text';
  return (
    <section className={styles.panel} aria-label="Value">
      <header className={styles.head}>
        <h3 title={column.type}>
          {column.name} <span>{column.type}</span>
        </h3>
        <IconButton icon="close" label="Close the value" keys="Esc" onClick={onClose} />
      </header>
      <div className={styles.tools}>
        <span className={styles.about}>
          Row {row.toLocaleString('en')}
          {settled !== null && ` · ${describe(read, settled)}`}
        </span>
        {settled !== null && read.shape !== 'text' && (
          <IconButton
            icon="document"
            label={raw ? `Show as ${SHAPES[read.shape]}` : 'Show as the database printed it'}
            aria-pressed={!raw}
            onClick={() => setRaw(!raw)}
          />
        )}
        {settled !== null && asText && (
          <IconButton icon="wrap" label="Wrap long lines" aria-pressed={wrap} onClick={() => setWrap(!wrap)} />
        )}
        {settled !== null && (
          <>
            <CopyButton
              label="Copy the value"
              text={asText ? plainText(settled, column.kind) : textOf(read, settled)}
            />
            <IconButton
              icon="download"
              label="Download the value"
              onClick={() => download(column.name, read, settled)}
            />
          </>
        )}
      </div>
      {settled === null ? (
        <p className={styles.null}>NULL</p>
      ) : asText ? (
        <TextView text={plainText(settled, column.kind)} wrap={wrap} />
      ) : (
        <Shaped read={read} />
      )}
    </section>
  );
}

type Read =
  | { readonly shape: 'text' }
  | { readonly shape: 'json'; readonly lines: readonly JsonLine[] }
  | { readonly shape: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly shape: 'array'; readonly values: readonly ArrayValue[] };

const SHAPES = { json: 'JSON', bytes: 'hexadecimal', array: 'a list' } as const;

function readValue({ kind }: ResultColumn, value: Value): Read {
  const bytes = kind === 'bytes' && value !== null ? readBytes(value) : undefined;
  if (bytes) return { shape: 'bytes', bytes };
  const values = kind === 'array' && value !== null ? readArray(value) : undefined;
  if (values && values.length > 0) return { shape: 'array', values };
  // A text that holds a document is read as one, too.
  const mayBeJson =
    value !== null && (kind === 'json' || ((kind === 'text' || kind === 'other') && /^\s*[{[]/.test(value)));
  const lines = mayBeJson ? jsonLines(value) : undefined;
  return lines && lines.length <= MOST_LINES ? { shape: 'json', lines } : { shape: 'text' };
}

function Shaped({ read }: { read: Read }) {
  if (read.shape === 'json') return <JsonView key={read.lines.length} lines={read.lines} />;
  if (read.shape === 'bytes') return <BytesView bytes={read.bytes} />;
  return read.shape === 'array' ? <ArrayView values={read.values} /> : null;
}

function describe(read: Read, value: string): string {
  if (read.shape === 'bytes') return sizeText(read.bytes.length);
  if (read.shape === 'array') return `${read.values.length.toLocaleString('en')} elements`;
  return value.length === 1 ? '1 character' : `${value.length.toLocaleString('en')} characters`;
}

const textOf = (read: Read, value: string): string => (read.shape === 'json' ? jsonText(read.lines) : value);

function download(name: string, read: Read, value: string): void {
  const content = read.shape === 'bytes' ? read.bytes : textOf(read, value);
  saveFile(`${name.replaceAll(/[^\w.-]+/g, '_') || 'value'}.${ENDINGS[read.shape]}`, content);
}
const ENDINGS = { text: 'txt', json: 'json', bytes: 'bin', array: 'txt' } as const;

/** A long value is read when the cursor rests on it, not at each cell that it passes. */
function useSettled(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const small = value === null || value.length < 20_000;
  useEffect(() => {
    if (small) return;
    const timer = setTimeout(() => setSettled(value), 120);
    return () => clearTimeout(timer);
  }, [value, small]);
  return small ? value : settled;
}
