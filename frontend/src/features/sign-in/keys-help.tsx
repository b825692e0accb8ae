import { CopyButton } from '../../components/copy-button.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './sign-in.module.css';

/** Where keys come from, the best way first. */
const WAYS: readonly { title: string; text: string; command?: string }[] = [
  {
    title: 'From the AWS access portal (IAM Identity Center)',
    text: 'Choose the account, then “Access keys”, and copy any of the blocks it shows.',
  },
  {
    title: 'From a profile of the AWS CLI',
    text: 'This prints temporary keys of the profile you are signed in with.',
    command: 'aws configure export-credentials',
  },
  {
    title: 'From an IAM user with MFA',
    text: 'This prints keys that are valid for an hour.',
    command: 'aws sts get-session-token --duration-seconds 3600',
  },
];

/** Folded away until somebody asks. */
export function KeysHelp() {
  return (
    <details className={styles.help}>
      <summary>
        <Icon name="chevronRight" size={14} /> Where do I get keys?
      </summary>
      <ul>
        {WAYS.map(({ title, text, command }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
            {command && (
              <div className={styles.command}>
                <code>{command}</code>
                <CopyButton text={command} label="Copy the command" />
              </div>
            )}
          </li>
        ))}
      </ul>
      <p>Paste the whole block into any of the fields above: Lodge takes it apart.</p>
    </details>
  );
}
