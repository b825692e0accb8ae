import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from '../../app/store.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { GridModel } from '../../grid/grid-model.ts';
import styles from './query.module.css';
import { count } from './wording.ts';

interface FindBarProps {
  readonly model: GridModel;
  /** Leads to the rows that were found. */
  onEnter(): void;
  onClose(): void;
}

/** A search begins when typing rests. */
const REST_MS = 160;

/** Shows only the rows that contain a text. */
export function FindBar({ model, onEnter, onClose }: FindBarProps) {
  const { find, finding } = useStore(model.state);
  const [text, setText] = useState(find?.text ?? '');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  useEffect(() => {
    const timer = setTimeout(() => void model.find(text), REST_MS);
    return () => clearTimeout(timer);
  }, [model, text]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onEnter();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles.find}>
      <Icon name="search" size={14} />
      <input
        ref={input}
        value={text}
        aria-label="Show only rows that contain"
        placeholder="Show only rows that contain …"
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.found} role="status">
        {finding ? 'Searching…' : find && `${find.found.toLocaleString('en')} of ${count(find.searched, 'row')}`}
      </span>
      <IconButton icon="close" label="Show all rows" keys="Esc" onClick={onClose} />
    </search>
  );
}
