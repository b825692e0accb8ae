import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { isMac, keySigns } from './keys.ts';
import { matchItems } from './match-items.ts';
import styles from './picker.module.css';

export interface PickerItem {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  readonly icon: IconName;
  readonly detail?: string;
  readonly keys?: string;
  /** Also closes the picker, with its answer or without. */
  pick(): void;
}

interface PickerProps {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly PickerItem[];
  readonly empty: ReactNode;
  onClose(): void;
}

/** As many as anybody reads; the rest is found by typing on. */
const SHOWN = 60;

/** A field and the list of what fits: arrows move, Enter picks (WAI-ARIA combobox with a list). */
export function Picker({ title, placeholder, items, empty, onClose }: PickerProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const typed = useDeferredValue(text);
  const found = useMemo(() => matchItems(items, typed, SHOWN), [items, typed]);

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(found.length - 1, at + by));
      setAt(next);
      list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      // Enter means what stands in the field, also where the list lags behind it.
      pick((typed === text ? found : matchItems(items, text, SHOWN))[at]);
    }
  }
  function pick(item: PickerItem | undefined) {
    item?.pick();
  }
  return (
    <Dialog title={title} size={600} onClose={onClose}>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          data-autofocus=""
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={title} className={styles.list} tabIndex={-1}>
        {found.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox has the keyboard (aria-activedescendant)
          <div
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            data-at={index}
            aria-selected={index === at}
            className={styles.item}
            onClick={() => pick(item)}
            onMouseMove={() => setAt(index)}
          >
            <Icon name={item.icon} />
            <span className={styles.label}>{item.label}</span>
            {item.detail && <span className={styles.detail}>{item.detail}</span>}
            <span className={styles.group}>{item.group}</span>
            {item.keys && <Keys keys={item.keys} />}
          </div>
        ))}
        {found.length === 0 && <div className={styles.empty}>{empty}</div>}
      </div>
      <p className="visually-hidden" role="status">
        {found.length} found
      </p>
    </Dialog>
  );
}

/** Keys as they stand on the keyboard. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keySigns(keys, isMac()).map((sign) => (
        <kbd key={sign}>{sign}</kbd>
      ))}
    </span>
  );
}
