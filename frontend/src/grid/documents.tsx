import { useLayoutEffect, useMemo, useReducer, useRef, useSyncExternalStore } from 'react';
import { useStore } from '../app/store.ts';
import { IconButton } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { DocumentScroll } from './document-scroll.ts';
import styles from './documents.module.css';
import { DocumentsModel, LINE } from './documents-model.ts';
import type { GridModel } from './grid-model.ts';
import { jsonLines, jsonText } from './json-lines.ts';
import { JsonRow } from './value-views.tsx';

interface DocumentsProps {
  readonly model: GridModel;
  /** The column that holds the whole document. */
  readonly column: number;
  readonly label: string;
  onFind(): void;
  onClose(): boolean;
}

/** Scrolling rests after so many milliseconds. */
const REST_MS = 120;

/** Each row as the document that it is, of which only those in view are in the page. */
export function Documents({ model, column, label, onFind, onClose }: DocumentsProps) {
  const element = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0);
  const documents = useMemo(() => new DocumentsModel(model, column), [model, column]);
  const scroll = useMemo(() => new DocumentScroll((document) => documents.height(document)), [documents]);
  const { order } = useStore(model.state);
  useSyncExternalStore(model.result.subscribe, model.result.shownRows);
  const { count } = documents;
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const put = (to: number): void => {
    const box = element.current;
    if (!box) return;
    if (Math.abs(box.scrollTop - to) >= 1) box.scrollTop = to;
    scroll.arrived(box.scrollTop);
  };
  const place = (): void => {
    put(scroll.resize(documents.count, element.current?.clientHeight ?? 0));
    redraw();
  };
  const onScroll = (): void => {
    const box = element.current;
    if (!box) return;
    scroll.scrolled(box.scrollTop);
    clearTimeout(resting.current);
    if (scroll.strained) put(scroll.settle());
    else resting.current = setTimeout(() => put(scroll.settle()), REST_MS);
    redraw();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes how many documents there are, or which
  useLayoutEffect(place, [documents, scroll, count, order]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once, for the element
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(place);
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      clearTimeout(resting.current);
    };
  }, [documents, scroll]);
  const act = (change: () => void): void => {
    change();
    place();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const find = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
    if (find) onFind();
    else if (event.key === 'Escape' ? !onClose() : event.target !== element.current) return;
    else if (event.key !== 'Escape') {
      const by = event.altKey || event.ctrlKey || event.metaKey ? undefined : movement(event.key, scroll.view);
      if (by === undefined) return;
      scroll.move(by);
      put(scroll.settle());
      redraw();
    }
    event.preventDefault();
  };

  return (
    <div
      ref={element}
      role="feed"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
      tabIndex={0}
      className={styles.documents}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: scroll.height }}>
        <div className={styles.view}>
          {scroll.visible().map(({ document, top }) => (
            <Document
              key={documents.rowOf(document)}
              documents={documents}
              document={document}
              top={top}
              count={count}
              onToggle={(line) => act(() => documents.toggle(document, line))}
              onToggleAll={() => act(() => documents.toggleAll(document))}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** By how many pixels a key moves; undefined where it does not. */
function movement(key: string, view: number): number | undefined {
  const page = Math.max(LINE, view - LINE);
  const by = { arrowdown: 2 * LINE, arrowup: -2 * LINE, pagedown: page, pageup: -page, home: -Infinity, end: Infinity };
  return by[key.toLowerCase() as keyof typeof by];
}

interface DocumentProps {
  readonly documents: DocumentsModel;
  readonly document: number;
  readonly top: number;
  readonly count: number;
  onToggle(line: number): void;
  onToggleAll(): void;
}

function Document({ documents, document, top, count, onToggle, onToggleAll }: DocumentProps) {
  const { lines, seen, folded } = documents.shown(document);
  const row = (documents.rowOf(document) + 1).toLocaleString('en');
  const canFold = lines.some(({ closedBy, depth }) => closedBy !== undefined && depth > 0);
  return (
    <article
      className={styles.document}
      style={{ top }}
      aria-label={`Row ${row}`}
      aria-posinset={document + 1}
      aria-setsize={count}
    >
      <div className={styles.head}>
        <span>{row}</span>
        {canFold && (
          <IconButton
            icon={folded.size > 0 ? 'chevronRight' : 'chevronDown'}
            label={folded.size > 0 ? `Unfold row ${row}` : `Fold row ${row}`}
            onClick={onToggleAll}
          />
        )}
        <CopyButton label={`Copy row ${row}`} text={() => prettyText(documents.text(document))} />
      </div>
      {seen.map((number) => {
        const line = lines[number];
        return (
          line && (
            <div key={number} className={styles.line}>
              <JsonRow line={line} lines={lines} isFolded={folded.has(number)} onToggle={() => onToggle(number)} />
            </div>
          )
        );
      })}
    </article>
  );
}

/** As it came, with its types around its values, so that it can be pasted where the service takes it. */
const prettyText = (text: string): string => {
  const lines = jsonLines(text);
  return lines ? jsonText(lines) : text;
};
