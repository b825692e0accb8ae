import { type FormEvent, useRef } from 'react';
import { ROLES } from '#contract/roles.ts';
import type { SettingsView } from '#contract/settings.ts';
import { call } from '../../api.ts';
import { CheckField } from '../../components/check-field.tsx';
import { ChoiceList } from '../../components/choice-list.tsx';
import { Field } from '../../components/field.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { FieldRow, Section } from '../../components/section.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { RegionPicker } from '../claim/region-picker.tsx';
import { regionsOf } from '../claim/regions.ts';
import { NewsPanel } from '../pages/news-panel.tsx';
import { PageState } from '../pages/page-state.tsx';
import { type Loaded, openRevised } from '../pages/revised.ts';
import { changedFields } from '../pages/revision.ts';
import { useRevised } from '../pages/use-revised.ts';
import { type Desk, useDesk } from '../workbench/desk.ts';
import { Amount } from './amount.tsx';
import { AccountBinding, Networks } from './deployed.tsx';
import { PolicyBuilder } from './policy-builder.tsx';
import styles from './settings.module.css';
import { AUTOMATORS, formOf, readForm, type SettingsForm, sayValue, TITLES } from './settings-form.ts';
import { useProblems } from './use-problems.ts';

const load = (view: SettingsView): Loaded<SettingsForm, SettingsView> => ({
  form: formOf(view.settings),
  revision: view.revision,
  view,
});

const openSettings = (desk: Desk) =>
  openRevised<SettingsForm, SettingsView>({
    read: async () => load(await call('settings', {})),
    async write(form, revision) {
      const read = readForm(form);
      // The page sends what it has checked.
      if ('problems' in read) throw new Error('The settings are not valid.');
      return load(await call('changeSettings', { body: { settings: read.settings, revision } }));
    },
    passing: sessionStorage,
    key: `lodge-settings-${desk.session.get().user.id}`,
  });

/** What an administrator decides about the instance, how it was deployed, and the policy to hand to its users. */
export function SettingsPage() {
  const desk = useDesk();
  const [revised, state] = useRevised(() => openSettings(desk));
  const { now, view } = state;
  if (!now || !view) return <PageState failure={state.failure} onRetry={() => void revised.load()} />;
  return <SettingsEditor {...{ desk, revised, state, now, view }} />;
}

type Opened = ReturnType<typeof openSettings>;
type State = ReturnType<Opened['state']['get']>;
interface EditorProps {
  readonly desk: Desk;
  readonly revised: Opened;
  readonly state: State;
  readonly now: NonNullable<State['now']>;
  readonly view: SettingsView;
}

function SettingsEditor({ desk, revised, state, now, view }: EditorProps) {
  const form = now.mine;
  const { place, problems, leave, check, forget } = useProblems(form);
  const news = useRef<HTMLDivElement>(null);
  const unsaved = changedFields(now);
  const all = regionsOf(view.partition);
  // Those of the instance first; nothing moves while they are ticked.
  const available = [...now.base.regions, ...all.filter((region) => !now.base.regions.includes(region))];
  const amounts = { form, problems, onChange: revised.change, onLeave: leave };

  async function save(event?: FormEvent) {
    event?.preventDefault();
    if (unsaved.length === 0 || !check()) return;
    const outcome = await revised.save();
    if (outcome === 'undecided') news.current?.querySelector('input')?.focus();
    if (outcome !== 'saved') return;
    forget();
    await renew(desk);
  }
  const discard = () => {
    revised.discard();
    forget();
  };
  return (
    <form ref={place} onSubmit={save} className={styles.form} noValidate>
      {now.news.length > 0 && (
        <div ref={news}>
          <NewsPanel news={now.news} title={(field) => TITLES[field]} say={sayValue} onChoose={revised.choose} />
        </div>
      )}
      <Section title="Instance" lead="What it is called, and where it looks for databases.">
        <Field
          label="Name"
          name="name"
          value={form.name}
          maxLength={60}
          error={problems.name}
          hint="Everybody who opens this instance sees it."
          autoComplete="off"
          onChange={({ target }) => revised.change({ name: target.value })}
          onBlur={() => leave('name')}
        />
        <RegionPicker
          available={available}
          chosen={form.regions}
          error={problems.regions}
          onChange={(regions) => revised.change({ regions })}
        />
      </Section>
      <Section
        title="Sessions and users"
        lead="How long one stays signed in, and what somebody may do whom no rule names."
      >
        <Amount field="sessionMinutes" {...amounts} />
        <ChoiceList
          label="Default role"
          value={form.defaultRole}
          options={(['reader', 'editor'] as const).map((role) => ({
            value: role,
            label: ROLES[role].title,
            says: ROLES[role].may,
          }))}
          onValue={(defaultRole) => revised.change({ defaultRole })}
        />
      </Section>
      <Section title="Limits" lead="What one statement, and one user, may take. Administrators are held to it too.">
        <FieldRow>
          <Amount field="seconds" {...amounts} />
          <Amount field="rows" {...amounts} />
        </FieldRow>
        <Amount field="statements" {...amounts} />
      </Section>
      <Section
        title="Scans of DynamoDB"
        lead="The most that a reader, or a run that nobody watches, may scan in one statement: every item of a scan is paid for."
      >
        <FieldRow>
          <Amount field="scanItems" {...amounts} />
          <Amount field="scanMegabytes" {...amounts} />
        </FieldRow>
      </Section>
      <Section title="Audit" lead="How the record of what was done is kept.">
        <Amount field="days" {...amounts} />
        <CheckField
          label="Replace literals in recorded statements"
          checked={form.redactLiterals}
          hint="Strings and numbers are recorded as placeholders, so that the record holds no data. What was searched for cannot be told from it."
          onChecked={(redactLiterals) => revised.change({ redactLiterals })}
        />
      </Section>
      <Section
        title="Automation"
        lead="Scripts that run without anybody: on a schedule, or as a step of a state machine. They have nobody's keys, only a role of yours."
      >
        <ChoiceList
          label={TITLES.automators}
          value={form.automators}
          options={[
            { value: 'administrator', label: AUTOMATORS.administrator, says: 'Others see automations and their runs.' },
            { value: 'editor', label: AUTOMATORS.editor, says: 'With any of the roles below.' },
          ]}
          onValue={(automators) => revised.change({ automators })}
        />
        <TextArea
          label={TITLES.roles}
          name="roles"
          value={form.roles}
          error={problems.roles}
          spellCheck={false}
          placeholder={`arn:${view.partition}:iam::${view.accountId}:role/automation/*`}
          hint="One ARN a line; * stands for any characters, ? for one. While none stands here, nothing runs. Each role must trust this instance as well: the form of an automation says how."
          onChange={({ target }) => revised.change({ roles: target.value })}
          onBlur={() => leave('roles')}
        />
      </Section>
      <Networks networks={view.networks} />
      <AccountBinding view={view} />
      <PolicyBuilder {...view} userId={desk.session.get().user.id} regions={view.settings.regions} />
      {state.refusal !== undefined && now.news.length === 0 && <ErrorNotice error={state.refusal} />}
      <SaveBar
        unsaved={unsaved.map((field) => TITLES[field])}
        saving={state.saving}
        said={state.saved ? 'Saved. It counts from the next request on.' : undefined}
        onSave={() => void save()}
        onDiscard={discard}
      />
    </form>
  );
}

/** The workbench shows what was decided at once: the name above, and the databases of other regions. */
async function renew(desk: Desk): Promise<void> {
  const before = desk.session.get();
  const session = await call('whoAmI', {}).catch(() => before);
  desk.session.set(session);
  if (session.regions.join() !== before.regions.join()) void desk.explorer.discover();
}
