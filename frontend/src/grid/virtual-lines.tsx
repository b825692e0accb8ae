import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './value.module.css';

/** In pixels, as in value.module.css. */
const LINE = 19;
const EXTRA = 8;
/** More lines than these are taller than a browser shows. */
export const MOST_LINES = 300_000;

interface VirtualLinesProps {
  readonly count: number;
  readonly label: string;
  readonly line: (index: number) => ReactNode;
  /** Told of the width there is, in pixels. */
  readonly onWidth?: (width: number) => void;
}

/** Many lines of one height, of which only those in view are in the page. */
export function VirtualLines({ count, label, line, onWidth }: VirtualLinesProps) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ first: 0, end: 60 });
  const look = (): void => {
    if (!element.current) return;
    const { scrollTop, clientHeight, clientWidth } = element.current;
    onWidth?.(clientWidth);
    const first = Math.max(0, Math.floor(scrollTop / LINE) - EXTRA);
    const end = first + Math.ceil(clientHeight / LINE) + 2 * EXTRA;
    setView((now) => (now.first === first && now.end === end ? now : { first, end }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once, for the element
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(look);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  const lines = [];
  for (let index = view.first; index < Math.min(view.end, count); index++)
    lines.push(
      <div key={index} className={styles.line} style={{ top: index * LINE }}>
        {line(index)}
      </div>,
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section ref={element} className={styles.lines} aria-label={label} tabIndex={0} onScroll={look}>
      <div style={{ position: 'relative', height: count * LINE }}>{lines}</div>
    </section>
  );
}
