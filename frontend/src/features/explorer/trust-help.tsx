import { policyStatement, principalOf, trustStatement } from '../../app/policy.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import styles from './explorer.module.css';

interface TrustHelpProps {
  readonly userArn: string;
  readonly roleArn: string;
  readonly externalId?: string | undefined;
}

/** Both sides must agree that a role is taken on: the role by its trust policy, and the one who takes it by a policy of his. */
export function TrustHelp({ userArn, roleArn, externalId }: TrustHelpProps) {
  return (
    <ol className={styles.trust}>
      <li>
        <span>
          Its trust policy lets <code>{principalOf(userArn)}</code> take it on
          {externalId && ', with this external ID'}.
        </span>
        <CopyButton
          text={trustStatement(principalOf(userArn), externalId)}
          label="Copy the statement for the trust policy"
          word="Trust statement"
        />
      </li>
      <li>
        <span>
          A policy of yours allows <code>sts:AssumeRole</code> on it.
        </span>
        <CopyButton
          text={policyStatement(['sts:AssumeRole'], roleArn || '*')}
          label="Copy the statement for your policy"
          word="Your statement"
        />
      </li>
      <li>
        <span>A policy of the role allows what is to be listed, and the logins that are to be used.</span>
      </li>
    </ol>
  );
}
