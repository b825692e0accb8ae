/** Saves what a tab holds as a script, and says what came between. Nothing that was written is ever lost by it. */
import type { Script, ScriptDraft } from '#contract/scripts.ts';
import { ApiError, call } from '../../api.ts';
import { problemOf } from '../../app/advice.ts';
import { handOutTexts } from '../../editor/hand-out.ts';
import type { Desk } from '../workbench/desk.ts';
import { toast } from '../workbench/desk-actions.ts';
import { changeTab, type Tab } from '../workbench/tabs.ts';
import { showScript } from './open-script.ts';
import { isUnsaved, mayBeSaved, runsOf, type Told, tabOf, toldOf } from './tab-script.ts';

/** Of each tab one save at a time: a second press would meet the first as somebody else's. */
const saving = new Set<string>();

/** Saves the script of a tab; the first time, and where it belongs to somebody else, it asks for a name. */
export async function saveTab(desk: Desk, id: string): Promise<void> {
  const tab = tabWith(desk, id);
  if (!tab || saving.has(id)) return;
  if (tab.text.trim() === '') {
    toast(desk, { text: 'There is nothing to save: write a statement first.', tone: 'calm' });
    return;
  }
  saving.add(id);
  try {
    if (!tab.script || !mayBeSaved(tab.script, desk.session.get())) await saveAsNew(desk, tab);
    else if (isUnsaved(tab) || isElsewhere(desk, tab)) await saveOver(desk, tab, tab.script);
    else toast(desk, { text: `Nothing has changed since version ${tab.script.version}.`, tone: 'calm' });
  } finally {
    saving.delete(id);
  }
}

/** Saves what the tab holds as a script of one's own; the tab shows that one from then on. */
export async function saveCopyOf(desk: Desk, id: string): Promise<void> {
  const tab = tabWith(desk, id);
  if (tab && tab.text.trim() !== '') await saveAsNew(desk, tab);
}

/** Changes what a script is called and who sees it, not what it runs. */
export async function changeDetails(desk: Desk, script: Script): Promise<Script | undefined> {
  const { id, revision } = script;
  const draft = { ...toldOf(script), ...savedRuns(script) };
  const saved = await desk.ask<Script>({ kind: 'script', draft, known: { id, revision } }).catch(() => undefined);
  if (saved) takeIn(desk, saved);
  return saved;
}

async function saveAsNew(desk: Desk, tab: Tab): Promise<void> {
  const draft = { ...nameFor(tab), ...runsOf(tab, desk.book.find(tab.connectionKey)) };
  const saved = await desk.ask<Script>({ kind: 'script', draft }).catch(() => undefined);
  if (saved) put(desk, tab.id, saved);
}

const nameFor = ({ script, title }: Tab): Told => ({
  name: script ? `${script.name} (copy)` : /^Query \d+$/.test(title) ? '' : title,
  description: script?.description ?? '',
  tags: script?.tags ?? [],
  shared: false,
});

async function saveOver(desk: Desk, tab: Tab, script: Script): Promise<void> {
  const runs = runsOf(tab, desk.book.find(tab.connectionKey));
  const { id, revision } = script;
  try {
    put(
      desk,
      tab.id,
      await call('saveScript', { body: { known: { id, revision }, script: { ...toldOf(script), ...runs } } }),
    );
  } catch (error) {
    const code = error instanceof ApiError ? error.code : '';
    if (code === 'CHANGED_MEANWHILE') await settle(desk, tab, script);
    else if (code === 'SCRIPT_NOT_FOUND') await saveLost(desk, tab);
    else sayWhy(desk, error);
  }
}

export type Settlement = 'mine' | 'copy' | 'theirs';

/** Somebody was faster: what they saved stays among the versions, whatever is chosen. */
async function settle(desk: Desk, tab: Tab, { id }: Script): Promise<void> {
  try {
    const theirs = await call('script', { body: { id } });
    const chosen = await desk.ask<Settlement>({ kind: 'script-conflict', theirs });
    // The text of now: typing went on behind nobody's dialog, but a session may have been renewed.
    const now = tabWith(desk, tab.id) ?? tab;
    if (chosen === 'mine') await saveOver(desk, { ...now, script: theirs }, theirs);
    else if (chosen === 'copy') await saveAsNew(desk, now);
    else showScript(desk, theirs);
  } catch (error) {
    sayWhy(desk, error);
  }
}

async function saveLost(desk: Desk, tab: Tab): Promise<void> {
  const question = {
    title: 'This script is no longer there',
    says: ['Somebody has deleted it, or its owner has made it private.', 'Your text is here, and can be saved anew.'],
    action: 'Save as a new script…',
  };
  const agreed = await desk.ask({ kind: 'confirm', ...question }).then(
    () => true,
    () => false,
  );
  if (agreed) await saveAsNew(desk, tab);
}

/** What a refusal says, with the fields that it names. */
export function sayWhy(desk: Desk, error: unknown): void {
  if (error instanceof ApiError && error.code === 'DECLINED') return;
  const { message } = problemOf(error);
  const fields = error instanceof ApiError ? (error.details?.fields ?? []) : [];
  const wrong = fields.map(({ path, message: what }) => `${path.split('.').at(-1)} ${what}`).join('; ');
  toast(desk, { text: [message, wrong].filter(Boolean).join(' '), tone: 'warning' });
}

/** The tab shows what was saved. What was typed meanwhile stays, and is not saved yet. */
const put = (desk: Desk, id: string, saved: Script): void => {
  desk.tabs.set((state) => changeTab(state, id, { title: saved.name, parameters: saved.parameters, script: saved }));
  takeIn(desk, saved);
};

/** Other tabs with the script, which were as it was saved, follow; what is not saved in them stays. */
function takeIn(desk: Desk, saved: Script): void {
  desk.tabs.set((state) => ({
    ...state,
    tabs: state.tabs.map((tab) => {
      if (tab.script?.id !== saved.id) return tab;
      return isUnsaved(tab)
        ? { ...tab, title: saved.name, script: keepBase(tab.script, saved) }
        : { ...tab, ...tabOf(saved) };
    }),
  }));
}

/** A name that has changed is shown; a text that has changed will be met as a conflict, so that nobody's is lost. */
const keepBase = (base: Script, saved: Script): Script =>
  saved.version === base.version
    ? { ...saved, text: base.text, parameters: base.parameters }
    : { ...base, ...toldOf(saved) };

function isElsewhere(desk: Desk, tab: Tab): boolean {
  const { resource, database, engine } = runsOf(tab, desk.book.find(tab.connectionKey));
  const { script } = tab;
  return resource?.id !== script?.resource?.id || database !== script?.database || engine !== script?.engine;
}

const savedRuns = ({ engine, text, parameters, resource, database }: Script): Omit<ScriptDraft, keyof Told> => ({
  ...{ engine, text, parameters },
  ...(resource && { resource }),
  ...(database && { database }),
});

/** With the text as it stands in the editor now. */
function tabWith(desk: Desk, id: string): Tab | undefined {
  handOutTexts();
  return desk.tabs.get().tabs.find((tab) => tab.id === id);
}
