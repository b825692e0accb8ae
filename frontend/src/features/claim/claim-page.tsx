import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { SessionView } from '#contract/people.ts';
import { ROLES } from '#contract/roles.ts';
import { ApiError, call } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceList } from '../../components/choice-list.tsx';
import { Field } from '../../components/field.tsx';
import { Card, FrontPage } from '../../components/front-page.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { FieldRow } from '../../components/section.tsx';
import { PermissionList } from '../permissions/permission-list.tsx';
import { Amount } from '../settings/amount.tsx';
import { proposedForm, readForm, type SettingsForm } from '../settings/settings-form.ts';
import { useProblems } from '../settings/use-problems.ts';
import styles from './claim.module.css';
import { dropDraft, keepDraft, readDraft } from './claim-draft.ts';
import { RegionPicker } from './region-picker.tsx';
import { likelyRegions, regionsOf } from './regions.ts';

interface ClaimPageProps {
  readonly session: SessionView;
  onClaimed(session: SessionView): void;
  /** Somebody else was faster: look again at how things are. */
  onReload(): void;
  onSignOut(): void;
}

/**
 * The last step of the set-up: what the instance is called, where it looks, what its users may, and whom it belongs to.
 * All on one page, with what is likely filled in: whoever is in a hurry presses one button.
 */
export function ClaimPage({ session, onClaimed, onReload, onSignOut }: ClaimPageProps) {
  const userId = session.user.id;
  const all = regionsOf(userId.split(':')[0] ?? 'aws');
  const [likely] = useState(() => likelyRegions(all, Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''));
  const [form, setForm] = useState(() =>
    readDraft(sessionStorage, userId, proposedForm(suggestedName(session), likely)),
  );
  // What is ticked at first stands first, and stays there when it is unticked: nothing moves under the pointer.
  const available = [...likely, ...all.filter((region) => !likely.includes(region))];
  const { place, problems, leave, check } = useProblems(form);
  const [refusal, setRefusal] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  function change(change: Partial<SettingsForm>) {
    const next = { ...form, ...change };
    setForm(next);
    keepDraft(sessionStorage, userId, next);
  }
  async function claim(event: FormEvent) {
    event.preventDefault();
    const read = readForm(form);
    if (busy || !check() || 'problems' in read) return;
    setRefusal(undefined);
    setBusy(true);
    try {
      const claimed = await call('claim', { body: read.settings });
      dropDraft(sessionStorage, userId);
      onClaimed(claimed);
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  }
  const lost = refusal instanceof ApiError && refusal.code === 'ALREADY_CLAIMED';
  const amounts = { form, problems, onChange: change, onLeave: leave };
  return (
    <FrontPage
      wide
      title="Claim this instance"
      lead="It will belong to this account from now on, and you become its administrator. What is proposed suits most; all of it but the account can be changed later."
      actions={
        <Button look="quiet" size="small" onClick={onSignOut}>
          Sign out
        </Button>
      }
    >
      <form ref={place} className={styles.claim} onSubmit={claim} noValidate>
        <Card label="Claim">
          <Part title="Instance">
            <Field
              label="Name"
              name="name"
              value={form.name}
              maxLength={60}
              error={problems.name}
              hint="Everybody who opens this instance sees it: a team, a product, a company."
              onChange={({ target }) => change({ name: target.value })}
              autoComplete="off"
              data-autofocus=""
            />
            <RegionPicker
              available={available}
              chosen={form.regions}
              error={problems.regions}
              onChange={(regions) => change({ regions })}
            />
          </Part>
          <Part title="Sessions and users">
            <Amount field="sessionMinutes" {...amounts} />
            <ChoiceList
              label="Whoever signs in for the first time is a"
              value={form.defaultRole}
              options={(['reader', 'editor'] as const).map((role) => ({
                value: role,
                label: ROLES[role].title,
                says: ROLES[role].may,
              }))}
              onValue={(defaultRole) => change({ defaultRole })}
            />
            <p className={styles.hint}>
              You become administrator, who may do {ROLES.administrator.may.toLowerCase()}. Rules by role, path or tag
              can follow on the page Rules.
            </p>
          </Part>
          <Part title="Limits">
            <FieldRow>
              <Amount field="seconds" {...amounts} />
              <Amount field="rows" {...amounts} />
            </FieldRow>
          </Part>
        </Card>
        <div className={styles.aside}>
          <Card label="Owner">
            <Owner session={session} />
            {refusal !== undefined && (
              <ErrorNotice error={refusal} actions={lost && <Button onClick={onReload}>Go on</Button>} />
            )}
            <Button type="submit" look="primary" size="large" busy={busy}>
              {busy ? 'Claiming…' : 'Claim and open'}
            </Button>
          </Card>
          <Card label="Your permissions">
            <Part
              title="What your keys may find"
              lead="All of it is optional, and nothing here stops the claim: a service that you may not list is left out."
            >
              <PermissionList regions={form.regions} />
            </Part>
          </Card>
        </div>
      </form>
    </FrontPage>
  );
}

interface PartProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

function Part({ title, lead, children }: PartProps) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {children}
    </section>
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
