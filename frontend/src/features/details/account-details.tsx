import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { accountIdOf } from '../explorer/accounts.ts';
import { DiscoveryProgress } from '../explorer/discovery-progress.tsx';
import { Gaps } from '../explorer/gaps.tsx';
import { TrustHelp } from '../explorer/trust-help.tsx';
import { useDesk } from '../workbench/desk.ts';
import { addAccount, removeAccount } from '../workbench/desk-actions.ts';
import { Copied } from './copied.tsx';
import styles from './details.module.css';

/** Another account: how the search there went, what is missing, and what can be done with it. */
export function AccountDetails({ roleArn }: { roleArn: string }) {
  const desk = useDesk();
  const section = useStore(desk.explorer.sections).find(({ account }) => account.roleArn === roleArn);
  const { user } = useStore(desk.session);
  if (!section) return <p className={styles.empty}>This account is no longer on the list.</p>;
  const { account, discovery } = section;
  const lookAgain = (regions?: readonly string[]) => void desk.explorer.discoverAccount(roleArn, regions);
  return (
    <div className={styles.body}>
      <div>
        <p className={styles.muted}>Account {accountIdOf(roleArn)}</p>
        <h3 className={styles.name}>{account.name}</h3>
      </div>
      <div className={styles.row}>
        <Button size="small" icon="refresh" onClick={() => lookAgain()}>
          Look again
        </Button>
        <Button size="small" onClick={() => void addAccount(desk, account)}>
          Change…
        </Button>
        <Button size="small" onClick={() => removeAccount(desk, account)}>
          Remove
        </Button>
      </div>
      {discovery.state === 'failed' && (
        <>
          <ErrorNotice error={discovery.error} />
          <TrustHelp userArn={user.arn} roleArn={roleArn} externalId={desk.accounts.assume(roleArn).externalId} />
        </>
      )}
      {discovery.state !== 'failed' && <DiscoveryProgress discovery={discovery} />}
      <Gaps discovery={discovery} onRetry={lookAgain} />
      <Copied title="Role" text={roleArn} />
    </div>
  );
}
