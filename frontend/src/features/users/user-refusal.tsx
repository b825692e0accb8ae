import { problemOf } from '../../app/advice.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './users.module.css';

/** Why nothing was changed, at the row that it is about. */
export function UserRefusal({ error, onDismiss }: { readonly error: unknown; onDismiss(): void }) {
  const { message, advice, requestId } = problemOf(error);
  return (
    <div className={styles.refusal}>
      <Icon name="alert" size={14} />
      <p role="alert" title={requestId && `Request id: ${requestId}`}>
        Not changed. {message} {advice}
      </p>
      <IconButton icon="close" label="Dismiss" onClick={onDismiss} />
    </div>
  );
}
