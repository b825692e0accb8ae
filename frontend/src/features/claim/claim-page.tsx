import { type FormEvent, useState } from 'react';
import type { SessionView } from '#contract/people.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { ApiError, call } from '../../api.ts';
import { fieldErrors } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Card, FrontPage } from '../../components/front-page.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import styles from './claim.module.css';
import { RegionPicker } from './region-picker.tsx';
import { likelyRegions, regionsOf } from './regions.ts';

interface ClaimPageProps {
  readonly session: SessionView;
  onClaimed(session: SessionView): void;
  /** Somebody else was faster: look again at how things are. */
  onReload(): void;
  onSignOut(): void;
}

/** The last step of the set-up: what the instance is called, where it looks, and whom it belongs to. */
export function ClaimPage({ session, onClaimed, onReload, onSignOut }: ClaimPageProps) {
  const all = regionsOf(session.user.id.split(':')[0] ?? 'aws');
  const [likely] = useState(() => likelyRegions(all, Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''));
  const [name, setName] = useState(() => suggestedName(session));
  const [regions, setRegions] = useState(likely);
  // What is ticked at first stands first, and stays there when it is unticked: nothing moves under the pointer.
  const available = [...likely, ...all.filter((region) => !likely.includes(region))];
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  async function claim(event: FormEvent) {
    event.preventDefault();
    const parsed = InstanceSettings.safeParse({ name, regions });
    if (!parsed.success) return setErrors(issuesByField(parsed.error.issues));
    setErrors({});
    setRefusal(undefined);
    setBusy(true);
    try {
      onClaimed(await call('claim', { body: parsed.data }));
    } catch (error) {
      setErrors(fieldErrors(error));
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  }
  const lost = refusal instanceof ApiError && refusal.code === 'ALREADY_CLAIMED';
  return (
    <FrontPage
      wide
      title="Claim this instance"
      lead="It will belong to this account from now on, and you become its administrator."
      actions={
        <Button look="quiet" size="small" onClick={onSignOut}>
          Sign out
        </Button>
      }
    >
      <Card label="Claim">
        <form className={styles.form} onSubmit={claim} noValidate>
          <Owner session={session} />
          <Field
            label="Name"
            name="name"
            value={name}
            maxLength={60}
            error={errors.name}
            hint="Everybody who opens this instance sees it: a team, a product, a company."
            onChange={({ target }) => setName(target.value)}
            autoComplete="off"
            data-autofocus=""
          />
          <RegionPicker available={available} chosen={regions} error={errors.regions} onChange={setRegions} />
          {refusal !== undefined && (
            <ErrorNotice error={refusal} actions={lost && <Button onClick={onReload}>Go on</Button>} />
          )}
          <Button type="submit" look="primary" size="large" busy={busy}>
            {busy ? 'Claiming…' : 'Claim and open'}
          </Button>
        </form>
      </Card>
    </FrontPage>
  );
}

function Owner({ session: { user, account } }: { session: SessionView }) {
  return (
    <dl className={styles.owner}>
      <div>
        <dt>Account</dt>
        <dd>
          {account.alias && <strong>{account.alias}</strong>} <code>{account.id}</code>
        </dd>
      </div>
      <div>
        <dt>Administrator</dt>
        <dd>
          <strong>{user.name}</strong> <code>{user.arn}</code>
        </dd>
      </div>
    </dl>
  );
}

/** `shop-production` → `Shop production`; without an alias the field is left to its owner. */
function suggestedName({ account }: SessionView): string {
  const words = (account.alias ?? '').replaceAll(/[-_]+/g, ' ').trim();
  return words ? words[0]?.toUpperCase() + words.slice(1, 60) : '';
}

function issuesByField(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  const said: Record<string, string> = {
    name: 'Give the instance a name of at most 60 characters.',
    regions: 'Choose at least one region, and at most 40.',
  };
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), said[String(path[0])] ?? message]));
}
