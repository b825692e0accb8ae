import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './split.module.css';

interface SplitProps {
  readonly label: string;
  /** The pane that it makes wider or narrower. */
  readonly controls: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** The pane stands on this side of the line. */
  readonly side: 'left' | 'right';
  onChange(value: number): void;
  /** Enter and a double click: the pane goes away. */
  onToggle(): void;
}

const STEP = 16;

/** The line between two panes: dragged by the pointer, moved by the arrows (WAI-ARIA window splitter). */
export function Split({ label, controls, value, min, max, side, onChange, onToggle }: SplitProps) {
  const from = useRef<{ x: number; value: number }>(undefined);
  const sign = side === 'left' ? 1 : -1;

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, value };
  }
  function onPointerMove(event: PointerEvent) {
    if (from.current) onChange(from.current.value + sign * (event.clientX - from.current.x));
  }
  function onKeyDown(event: KeyboardEvent) {
    const moves = { ArrowLeft: value - sign * STEP, ArrowRight: value + sign * STEP, Home: min, End: max };
    const next = moves[event.key as keyof typeof moves];
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === undefined) onToggle();
    else onChange(next);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the window splitter pattern
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={styles.split}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        from.current = undefined;
      }}
      onDoubleClick={onToggle}
      onKeyDown={onKeyDown}
    />
  );
}
