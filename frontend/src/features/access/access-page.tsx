import { type FormEvent, useMemo, useRef, useState } from 'react';
import { NARROWINGS, type Narrowing, type Rule } from '#contract/access.ts';
import { ROLES, type Role } from '#contract/roles.ts';
import { call } from '../../api.ts';
import { useStore } from '../../app/store.ts';
import { ErrorNotice } from '../../components/notice.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { NewsPanel } from '../pages/news-panel.tsx';
import { PageState } from '../pages/page-state.tsx';
import { type Loaded, openRevised } from '../pages/revised.ts';
import { changedFields } from '../pages/revision.ts';
import { useRevised } from '../pages/use-revised.ts';
import { focusWrong } from '../settings/use-problems.ts';
import { type Desk, useDesk } from '../workbench/desk.ts';
import styles from './access.module.css';
import { type AccessForm, conditionParts, problemsOf, sayParts, whereParts } from './access-form.ts';
import { ListChanges } from './list-changes.tsx';
import { type Listed, Narrowings } from './narrowings.tsx';
import { RuleTester } from './rule-tester.tsx';
import { Rules } from './rules.tsx';

interface View {
  readonly defaultRole: Role;
}

/** What is decided in the settings belongs to the answer: it is what no rule says. */
async function load(answer: Promise<AccessForm & { revision: number }>): Promise<Loaded<AccessForm, View>> {
  const [{ rules, narrowings, revision }, { settings }] = await Promise.all([answer, call('settings', {})]);
  return { form: { rules, narrowings }, revision, view: { defaultRole: settings.defaultRole } };
}

const openAccess = (desk: Desk) =>
  openRevised<AccessForm, View>({
    read: () => load(call('access', {})),
    write: ({ rules, narrowings }, revision) =>
      load(call('changeAccess', { body: { rules: [...rules], narrowings: [...narrowings], revision } })),
    passing: sessionStorage,
    key: `lodge-access-${desk.session.get().user.id}`,
  });

/** Which role a first sign-in brings along, and which resources a role sees less of. */
export function AccessPage() {
  const desk = useDesk();
  const [revised, state] = useRevised(() => openAccess(desk));
  const { now, view } = state;
  if (!now || !view) return <PageState failure={state.failure} onRetry={() => void revised.load()} />;
  return <AccessEditor {...{ revised, state, now }} defaultRole={view.defaultRole} />;
}

type Opened = ReturnType<typeof openAccess>;
type State = ReturnType<Opened['state']['get']>;
interface EditorProps {
  readonly revised: Opened;
  readonly state: State;
  readonly now: NonNullable<State['now']>;
  readonly defaultRole: Role;
}

const TITLES: Readonly<Record<keyof AccessForm, string>> = { rules: 'Rules', narrowings: 'Narrowings' };

function AccessEditor({ revised, state, now, defaultRole }: EditorProps) {
  const { regions } = useStore(useDesk().session);
  const listed = useListed();
  const [sent, setSent] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  const news = useRef<HTMLDivElement>(null);
  const { rules, narrowings } = now.mine;
  const problems = problemsOf(now.mine);
  const shown = sent ? problems : {};
  const unsaved = changedFields(now);

  async function save(event?: FormEvent) {
    event?.preventDefault();
    if (unsaved.length === 0) return;
    setSent(true);
    if (Object.keys(problems).length > 0) {
      requestAnimationFrame(() => focusWrong(place.current));
      return;
    }
    const outcome = await revised.save();
    if (outcome === 'undecided') news.current?.querySelector('input')?.focus();
    if (outcome === 'saved') setSent(false);
  }
  return (
    <form ref={place} className={styles.form} onSubmit={save} noValidate>
      {now.news.length > 0 && (
        <div ref={news}>
          <NewsPanel
            news={now.news}
            title={(field) => TITLES[field]}
            say={(field, value) => `${value.length} ${TITLES[field].toLowerCase()}`}
            compare={(field, was, is) =>
              field === 'rules' ? (
                <ListChanges<Rule> was={was as Rule[]} is={is as Rule[]} say={sayRule} />
              ) : (
                <ListChanges<Narrowing> was={was as Narrowing[]} is={is as Narrowing[]} say={sayNarrowing} />
              )
            }
            onChoose={revised.choose}
          />
        </div>
      )}
      <Section
        wide
        title="Rules for first sign-ins"
        lead={`The first rule that matches decides which role somebody begins with. Whom none matches begins as ${ROLES[defaultRole].title.toLowerCase()}. Users who are here already keep their role.`}
      >
        <Rules rules={rules} problems={shown} onRules={(rules) => revised.change({ rules })} />
      </Section>
      <Section title="Try it" lead="Which role somebody would get by the rules as they stand here, saved or not.">
        <RuleTester rules={rules} otherwise={defaultRole} />
      </Section>
      <Section
        wide
        title="Narrowings"
        lead="Resources that a role sees less of, whatever its keys may do. Where several fit, hidden wins. Connections that are open must connect again."
      >
        <Narrowings
          {...{ narrowings, regions, listed }}
          problems={shown}
          onNarrowings={(narrowings) => revised.change({ narrowings })}
        />
      </Section>
      {state.refusal !== undefined && now.news.length === 0 && <ErrorNotice error={state.refusal} />}
      <SaveBar
        unsaved={unsaved.map((field) => TITLES[field])}
        saving={state.saving}
        said={state.saved ? 'Saved. It counts from the next request on.' : undefined}
        onSave={() => void save()}
        onDiscard={() => {
          revised.discard();
          setSent(false);
        }}
      />
    </form>
  );
}

const sayRule = ({ when, role }: Rule): string => `${sayParts(conditionParts(when))}: ${ROLES[role].title}`;
const sayNarrowing = ({ role, where, effect }: Narrowing): string =>
  `${NARROWINGS[effect].title} for ${ROLES[role].title.toLowerCase()}s: ${sayParts(whereParts(where))}`;

/** What the explorer has found, in this account and in others. */
function useListed(): Listed {
  const { explorer } = useDesk();
  const discovery = useStore(explorer.discovery);
  const sections = useStore(explorer.sections);
  return useMemo(() => {
    const all = [discovery, ...sections.map((section) => section.discovery)];
    return {
      resources: all.flatMap(({ resources }) => resources),
      complete: all.every(({ state }) => state !== 'running'),
    };
  }, [discovery, sections]);
}
