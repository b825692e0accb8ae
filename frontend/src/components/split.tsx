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
  readonly side: keyof typeof SIDES;
  onChange(value: number): void;
  /** Enter and a double click: the pane goes away. */
  onToggle(): void;
}

const STEP = 16;

/** For a pane on each side: the axis that the line moves along, and the keys that make the pane smaller and larger. */
const SIDES = {
  left: { axis: 'x', sign: 1, less: 'ArrowLeft', more: 'ArrowRight' },
  right: { axis: 'x', sign: -1, less: 'ArrowRight', more: 'ArrowLeft' },
  top: { axis: 'y', sign: 1, less: 'ArrowUp', more: 'ArrowDown' },
  bottom: { axis: 'y', sign: -1, less: 'ArrowDown', more: 'ArrowUp' },
} as const;

/** The line between two panes: dragged by the pointer, moved by the arrows (WAI-ARIA window splitter). */
export function Split({ label, controls, value, min, max, side, onChange, onToggle }: SplitProps) {
  const from = useRef<{ at: number; value: number }>(undefined);
  const { axis, sign, less, more } = SIDES[side];
  const placeOf = ({ clientX, clientY }: PointerEvent) => (axis === 'x' ? clientX : clientY);

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { at: placeOf(event), value };
  }
  function onPointerMove(event: PointerEvent) {
    if (from.current) onChange(from.current.value + sign * (placeOf(event) - from.current.at));
  }
  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = { [less]: value - STEP, [more]: value + STEP, Home: min, End: max };
    const next = moves[event.key];
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
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
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
