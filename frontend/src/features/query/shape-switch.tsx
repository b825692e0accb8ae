import { useId } from 'react';
import type { Store } from '../../app/store.ts';
import { useStore } from '../../app/store.ts';
import styles from './plan.module.css';

/** How a result of documents is shown: by columns, or each document as it is. */
export type Shape = 'table' | 'document';
const SHAPES: Readonly<Record<Shape, string>> = { table: 'Table', document: 'JSON' };

export function ShapeSwitch({ shape }: { shape: Store<Shape> }) {
  const id = useId();
  const now = useStore(shape);
  return (
    <fieldset className={styles.shapes}>
      <legend className="visually-hidden">Show as</legend>
      {Object.entries(SHAPES).map(([key, title]) => (
        <label key={key} data-chosen={now === key ? '' : undefined}>
          <input type="radio" name={id} checked={now === key} onChange={() => shape.set(key as Shape)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
