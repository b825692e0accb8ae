import { useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Logo } from '../components/logo.tsx';
import { ErrorNotice } from '../components/notice.tsx';
import styles from './interlude.module.css';

/** Before a screen is there: nothing for a moment, then the mark and a word, then the way out of waiting for ever. */
export function Waiting() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <main className={styles.interlude} aria-busy="true">
      {seconds > 0 && <Logo size={36} />}
      <p role="status">{seconds === 0 ? '' : seconds < 12 ? 'Opening…' : 'This takes longer than it should.'}</p>
      {seconds >= 12 && <Button onClick={() => location.reload()}>Reload the page</Button>}
    </main>
  );
}

/** The page cannot begin: why, and the one thing to do. */
export function Failure({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <main className={styles.interlude}>
      <Logo size={36} />
      <h1>Lodge could not start</h1>
      <div className={styles.notice}>
        <ErrorNotice error={error} actions={<Button onClick={onRetry}>Try again</Button>} />
      </div>
    </main>
  );
}
