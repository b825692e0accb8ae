import { useEffect } from 'react';
import { useStore } from '../app/store.ts';
import { type Toast, useDesk } from '../features/workbench/desk.ts';
import { Button, IconButton } from './button.tsx';
import styles from './toasts.module.css';

/** How long a word in the corner stays; one that offers something to do stays until it is dismissed. */
const STAYS_MS = 7_000;

/** What nothing else on the screen shows, said in the corner and read out. */
export function Toasts() {
  const { toasts } = useDesk();
  const all = useStore(toasts);
  return (
    <section className={styles.toasts} aria-label="Notifications" aria-live="polite">
      {all.map((toast) => (
        <ToastView
          key={toast.id}
          toast={toast}
          onDismiss={() => toasts.set((now) => now.filter(({ id }) => id !== toast.id))}
        />
      ))}
    </section>
  );
}

function ToastView({ toast: { text, tone, action }, onDismiss }: { toast: Toast; onDismiss(): void }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time begins once, when the toast appears
  useEffect(() => {
    if (action) return;
    const timer = setTimeout(onDismiss, STAYS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.toast} data-tone={tone}>
      <p>{text}</p>
      {action && (
        <Button
          size="small"
          onClick={() => {
            onDismiss();
            action.perform();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" onClick={onDismiss} />
    </div>
  );
}
