import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import styles from './page.module.css';

/** What stands on a page before its content: that it is read, or why it could not be. */
export function PageState({ failure, onRetry }: { readonly failure: unknown; onRetry(): void }) {
  if (failure === undefined)
    return (
      <p className={styles.waiting} role="status">
        Loading…
      </p>
    );
  return (
    <ErrorNotice
      error={failure}
      actions={
        <Button icon="refresh" onClick={onRetry}>
          Try again
        </Button>
      }
    />
  );
}
