import { type FormEvent, useState } from 'react';
import { Assume } from '#contract/resources.ts';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import styles from '../connect/connect.module.css';
import { useDesk } from '../workbench/desk.ts';
import { type Account, accountIdOf } from './accounts.ts';
import { TrustHelp } from './trust-help.tsx';

interface AccountDialogProps {
  /** One that is on the list already: its name and its external id may be changed. */
  readonly account: Account | undefined;
  onAdded(account: Account): void;
  onClose(): void;
}

/** A role in another account: what it may see is listed, and what it may open is opened. */
export function AccountDialog({ account, onAdded, onClose }: AccountDialogProps) {
  const desk = useDesk();
  const { user } = useStore(desk.session);
  const [roleArn, setRoleArn] = useState(account?.roleArn ?? '');
  const known = account && desk.accounts.assume(account.roleArn).externalId;
  const [externalId, setExternalId] = useState(known ?? '');
  const [name, setName] = useState(account?.name ?? '');
  const [errors, setErrors] = useState<Record<string, string>>({});

  function add(event: FormEvent) {
    event.preventDefault();
    const given = Assume.safeParse({ roleArn, ...(externalId.trim() ? { externalId } : {}) });
    if (!given.success) {
      setErrors(
        Object.fromEntries(given.error.issues.map(({ path, message }) => [path.join('.'), `This ${message}.`])),
      );
      return;
    }
    const added = { name: name.trim() || accountIdOf(given.data.roleArn), roleArn: given.data.roleArn };
    desk.accounts.remember(given.data);
    desk.accounts.put(added);
    onAdded(added);
  }
  return (
    <Dialog title={account ? `Change ${account.name}` : 'Add an account'} grows onClose={onClose}>
      <form className={styles.form} onSubmit={add} autoComplete="off" noValidate>
        <p className={styles.lead}>
          Lodge takes on a role there with the keys of your session. Its databases are listed below your own.
        </p>
        <Field
          label="Role ARN"
          name="roleArn"
          mono
          value={roleArn}
          readOnly={account !== undefined}
          error={errors.roleArn}
          placeholder="arn:aws:iam::123456789012:role/name"
          onChange={({ target }) => setRoleArn(target.value)}
          {...(account ? {} : { 'data-autofocus': '' })}
        />
        <Field
          label="External ID"
          name="externalId"
          mono
          optional
          value={externalId}
          error={errors.externalId}
          hint="Where the role's trust policy asks for one. Kept until this window is closed."
          onChange={({ target }) => setExternalId(target.value)}
          {...(account ? { 'data-autofocus': '' } : {})}
        />
        <Field
          label="Name"
          name="name"
          optional
          value={name}
          placeholder={accountIdOf(roleArn) || 'As you call it'}
          onChange={({ target }) => setName(target.value)}
        />
        <details className={styles.fold}>
          <summary>What the role must allow</summary>
          <TrustHelp userArn={user.arn} externalId={externalId.trim()} roleArn={roleArn.trim()} />
        </details>
        <div className={styles.actions}>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary">
            {account ? 'Save and look again' : 'Add and look'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
