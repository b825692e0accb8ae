import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Automation, AutomationGround } from '#contract/automations.ts';
import { allows } from '#contract/roles.ts';
import type { Script } from '#contract/scripts.ts';
import { ApiError, call } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice, Notice } from '../../components/notice.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { NewsPanel } from '../pages/news-panel.tsx';
import { PageState } from '../pages/page-state.tsx';
import { openRevised } from '../pages/revised.ts';
import { changedFields } from '../pages/revision.ts';
import { useRevised } from '../pages/use-revised.ts';
import { focusWrong } from '../settings/use-problems.ts';
import { useDesk } from '../workbench/desk.ts';
import {
  emptyForm,
  type AutomationForm as Form,
  formOf,
  fromScript,
  type Problems,
  readForm,
  refusedFields,
  sayValue,
  TITLES,
} from './automation-form.ts';
import styles from './automations.module.css';
import { readGround } from './open-automations.ts';
import { OutputSection } from './output-section.tsx';
import { PoliciesSection } from './policies-section.tsx';
import { RoleSection } from './role-section.tsx';
import { ScheduleSection } from './schedule-section.tsx';
import { ScriptSection } from './script-section.tsx';
import type { View } from './view.ts';

type FormView = Extract<View, { kind: 'make' | 'change' }>;
interface Seen {
  readonly ground: AutomationGround;
  /** Absent for a new one. */
  readonly automation?: Automation;
}

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const readScript = async (id: string): Promise<Script | undefined> =>
  id ? call('script', { body: { id } }).catch(() => undefined) : undefined;

/** What stands in the form at first: the automation as it is, or what its script brings along. */
async function read(view: FormView) {
  if (view.kind === 'change') {
    const seen = await call('automation', { params: { id: view.id } });
    const { automation } = seen;
    return { form: formOf(automation, ownZone()), revision: automation.revision, view: seen };
  }
  const [ground, script] = await Promise.all([readGround(), readScript(view.scriptId ?? '')]);
  const empty = emptyForm(ownZone());
  return { form: { ...empty, ...(script && fromScript(script, empty)) }, revision: 0, view: { ground } };
}

interface FormProps {
  readonly view: FormView;
  onGo(view: View): void;
}

/** Makes an automation, or changes one. */
export function AutomationForm({ view, onGo }: FormProps) {
  const desk = useDesk();
  const saved = useRef<Automation>(undefined);
  const parameters = useRef<Script['parameters']>([]);
  const ground = useRef<AutomationGround>(undefined);
  const [revised, state] = useRevised(() =>
    openRevised<Form, Seen>({
      async read() {
        const loaded = await read(view);
        ground.current = loaded.view.ground;
        return loaded;
      },
      async write(form, revision) {
        const filled = readForm(form, parameters.current);
        if ('problems' in filled) throw new ApiError({ code: 'INPUT_INVALID', message: 'The form is not whole.' });
        const known = view.kind === 'change' && { known: { id: view.id, revision } };
        const automation = await call('saveAutomation', { body: { ...known, automation: filled.draft } });
        saved.current = automation;
        return {
          form: formOf(automation, ownZone()),
          revision: automation.revision,
          view: { ground: ground.current ?? (await readGround()), automation },
        };
      },
      passing: sessionStorage,
      key: `lodge-automation-${desk.session.get().user.id}-${JSON.stringify(view)}`,
    }),
  );
  const { now, view: seen } = state;
  if (!now || !seen) return <PageState failure={state.failure} onRetry={() => void revised.load()} />;
  const { role } = desk.session.get();
  if (!seen.ground.mayAutomate)
    return (
      <Notice
        tone="warning"
        title="Your role does not allow to automate."
        actions={<Button onClick={() => onGo({ kind: 'list' })}>All automations</Button>}
      >
        <p>
          {role && allows(role, 'editor')
            ? 'An administrator may let editors automate, under Settings.'
            : 'Administrators may, and editors where an administrator allows it.'}
        </p>
      </Notice>
    );
  const onSaved = () => saved.current && onGo({ kind: 'one', id: saved.current.id });
  const back = () => onGo(view.kind === 'change' ? { kind: 'one', id: view.id } : { kind: 'list' });
  return <Editor {...{ view, revised, state, now, seen, onSaved, back, parameters }} />;
}

type Opened = ReturnType<typeof openRevised<Form, Seen>>;
type State = ReturnType<Opened['state']['get']>;
interface EditorProps {
  readonly view: FormView;
  readonly revised: Opened;
  readonly state: State;
  readonly now: NonNullable<State['now']>;
  readonly seen: Seen;
  /** What the script asks for, for whoever writes the form. */
  readonly parameters: { current: Script['parameters'] };
  onSaved(): void;
  back(): void;
}

/** What each section of the form is given. */
export interface SectionProps {
  readonly form: Form;
  readonly problems: Problems;
  readonly ground: AutomationGround;
  onChange(change: Partial<Form>): void;
}

function Editor({ view, revised, state, now, seen, parameters, onSaved, back }: EditorProps) {
  const form = now.mine;
  const place = useRef<HTMLFormElement>(null);
  const news = useRef<HTMLDivElement>(null);
  const [tried, setTried] = useState(false);
  const { scripts, pinned, newest } = useScripts(form);
  parameters.current = pinned?.parameters ?? [];
  const filled = readForm(form, parameters.current);
  const isNew = view.kind === 'make';
  const unsaved = changedFields(now);
  const problems = {
    ...(tried && 'problems' in filled ? filled.problems : {}),
    ...refusedFields(state.refusal),
  };
  const props: SectionProps = { form, problems, ground: seen.ground, onChange: revised.change };

  async function save(event?: FormEvent) {
    event?.preventDefault();
    setTried(true);
    const focus = () => requestAnimationFrame(() => focusWrong(place.current));
    if ('problems' in filled) return focus();
    const outcome = await revised.save();
    if (outcome === 'undecided') news.current?.querySelector('input')?.focus();
    else if (outcome === 'saved') onSaved();
    else focus();
  }
  const onChosen = (script: Script) => {
    scripts.add(script);
    revised.change(fromScript(script, form));
  };
  return (
    <form ref={place} onSubmit={save} className={styles.form} noValidate>
      <div className={styles.tools}>
        <Button look="quiet" icon="arrowLeft" onClick={back}>
          {isNew ? 'All automations' : 'Its runs'}
        </Button>
        <h3>{isNew ? 'New automation' : `Change “${seen.automation?.name}”`}</h3>
      </div>
      {now.news.length > 0 && (
        <div ref={news}>
          <NewsPanel
            news={now.news}
            {...(seen.automation && { by: { name: seen.automation.changedBy.name, at: seen.automation.changedAt } })}
            title={(field) => TITLES[field]}
            say={sayValue}
            onChoose={revised.choose}
          />
        </div>
      )}
      <ScriptSection {...props} script={pinned} newest={newest} onChosen={onChosen} />
      <RoleSection {...props} script={pinned} />
      <PoliciesSection {...props} script={pinned} />
      <ScheduleSection {...props} />
      <OutputSection {...props} />
      {state.refusal !== undefined && now.news.length === 0 && <ErrorNotice error={state.refusal} />}
      {isNew ? (
        <div className={styles.tools}>
          <Button look="primary" type="submit" busy={state.saving}>
            Make the automation
          </Button>
          <Button
            look="quiet"
            onClick={() => {
              revised.discard();
              back();
            }}
          >
            Cancel
          </Button>
        </div>
      ) : (
        <SaveBar
          unsaved={unsaved.map((field) => TITLES[field])}
          saving={state.saving}
          onSave={() => void save()}
          onDiscard={revised.discard}
        />
      )}
    </form>
  );
}

/** The version that the form names, and the newest: read once each. */
function useScripts({ scriptId, version }: Form) {
  const [known, setKnown] = useState<ReadonlyMap<string, Script>>(new Map());
  const add = (script: Script, as = script.version) =>
    setKnown((now) => new Map(now).set(`${script.id} newest`, script).set(`${script.id} ${as}`, script));
  const newest = known.get(`${scriptId} newest`);
  const pinned = known.get(`${scriptId} ${version}`);
  useEffect(() => {
    if (!scriptId) return;
    let gone = false;
    const put = (key: string) => (script: Script) => !gone && setKnown((now) => new Map(now).set(key, script));
    const ask = (key: string, body: { id: string; version?: number }) =>
      void call('script', { body }).then(put(key), () => undefined);
    ask(`${scriptId} newest`, { id: scriptId });
    ask(`${scriptId} ${version}`, { id: scriptId, version });
    return () => {
      gone = true;
    };
  }, [scriptId, version]);
  return { scripts: { add }, newest, pinned };
}
