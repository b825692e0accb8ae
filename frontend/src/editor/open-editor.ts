/** An editor of statements, outside React: made once for a tab, told of changes, asked for what to run. */
import { closeBrackets } from '@codemirror/autocomplete';
import { history } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, search } from '@codemirror/search';
import { type ChangeDesc, Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
  placeholder,
  rectangularSelection,
} from '@codemirror/view';
import type { Names } from '#contract/objects.ts';
import { isMac, keyText } from '../commands/keys.ts';
import type { Dialect } from '../grid/sql-names.ts';
import { nameCompletion } from './complete-names.ts';
import { currentStatement } from './current-statement.ts';
import { EDITOR_DIALECTS } from './dialects.ts';
import { editorKeys, type RunScope } from './editor-keys.ts';
import { errorMark, setErrorMark } from './error-mark.ts';
import { formatText } from './format-command.ts';
import { NameIndex } from './name-index.ts';
import type { SentText } from './sent-text.ts';
import { statementAt, statementsOf } from './statements.ts';
import { editorTheme } from './theme.ts';

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly dialect: Dialect;
  onText(text: string): void;
  onRun(scope: RunScope): void;
  /** Something could not be done, in a sentence. */
  onProblem(sentence: string): void;
  /** The cursor moved, or the text changed: another statement may be meant. */
  onMeant?(): void;
}

export class SqlEditor {
  readonly view: EditorView;
  readonly #options: EditorOptions;
  readonly #language = new Compartment();
  #dialect: Dialect;
  #index: NameIndex | undefined;
  #names: Names | undefined;
  /** What was changed since a text was sent, so that its places can be found again. */
  #since: ChangeDesc | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.#dialect = options.dialect;
    this.view = new EditorView({
      parent: options.parent,
      state: EditorState.create({ doc: options.text, extensions: this.#extensions() }),
    });
  }

  /** Takes another text, where it is another: the tab was changed from outside. */
  setText(text: string): void {
    const { doc } = this.view.state;
    if (this.#saving !== undefined || doc.toString() === text) return;
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    this.flush();
  }

  setDialect(dialect: Dialect): void {
    if (dialect === this.#dialect) return;
    this.#dialect = dialect;
    this.view.dispatch({ effects: this.#language.reconfigure(this.#languageOf()) });
  }

  /** The index is made once the page has nothing better to do. */
  setNames(names: Names | undefined): void {
    if (names === this.#names) return;
    this.#names = names;
    this.#index = undefined;
    whenIdle(() => {
      if (this.#names === names && names) this.#index = new NameIndex(names);
    });
  }

  /** What is to be run: the selection, else the statement under the cursor, or all. Undefined where there is nothing. */
  toRun(scope: RunScope): SentText | undefined {
    const sent = this.meant(scope);
    if (!sent) return undefined;
    this.#since = undefined;
    this.view.dispatch({ effects: setErrorMark.of(undefined) });
    return sent;
  }

  /** The same, only to be looked at. */
  meant(scope: RunScope): SentText | undefined {
    const { doc, selection } = this.view.state;
    const { main } = selection;
    const all = { from: 0, to: doc.length };
    const range = scope === 'all' ? all : main.empty ? this.#statement(main.head) : main;
    if (!range) return undefined;
    const text = doc.sliceString(range.from, range.to);
    if (text.trim() === '') return undefined;
    const line = doc.lineAt(range.from);
    return { text, from: range.from, line: line.number, column: range.from - line.from + 1 };
  }

  /** Puts a statement in the place of the one that is meant, or behind all that is there; can be undone. */
  put(statement: string, { replaces }: { replaces: boolean }): void {
    const { doc, selection } = this.view.state;
    const meant = selection.main.empty ? this.#statement(selection.main.head) : selection.main;
    const before = doc.toString().trimEnd();
    const joint = before === '' ? '' : before.endsWith(';') ? '\n\n' : ';\n\n';
    const there = replaces && meant;
    const { from, to, insert } = there
      ? { from: meant.from, to: meant.to, insert: statement }
      : { from: before.length, to: doc.length, insert: `${joint}${statement};` };
    this.view.dispatch({
      changes: { from, to, insert },
      // In the statement itself, so that it is the one that is meant.
      selection: { anchor: from + (there ? statement.length : joint.length + statement.length) },
      userEvent: 'input.form',
      scrollIntoView: true,
    });
    this.view.focus();
  }

  /** Marks a place of the text that was sent last. */
  markError(at: number, message: string): void {
    this.view.dispatch({ effects: setErrorMark.of({ at: this.#now(at), message }) });
  }

  /** Shows a part of the text that was sent last, and goes there. */
  reveal(from: number, to = from): void {
    const range = { anchor: this.#now(from), head: this.#now(to) };
    this.view.dispatch({
      selection: range,
      effects: EditorView.scrollIntoView(range.anchor, { y: 'center' }),
    });
    this.view.focus();
  }

  get canFormat(): boolean {
    return EDITOR_DIALECTS[this.#dialect].formatting !== undefined;
  }

  async format(): Promise<void> {
    const { formatting } = EDITOR_DIALECTS[this.#dialect];
    if (!formatting) return;
    const problem = await formatText(this.view, formatting);
    if (problem) this.#options.onProblem(problem);
  }

  destroy(): void {
    this.flush();
    this.view.destroy();
  }

  #statement(cursor: number) {
    const { doc } = this.view.state;
    return statementAt(doc, statementsOf(doc, EDITOR_DIALECTS[this.#dialect].splitting), cursor);
  }

  #now(at: number): number {
    const { length } = this.view.state.doc;
    return Math.min(this.#since && at <= this.#since.length ? this.#since.mapPos(at) : at, length);
  }

  #languageOf(): Extension {
    const { highlighting, splitting, invitation } = EDITOR_DIALECTS[this.#dialect];
    return [
      highlighting.extension,
      currentStatement(splitting),
      nameCompletion(this.#dialect, () => this.#index),
      placeholder(`${invitation} ${keyText('Mod+Enter', isMac())} runs the statement under the cursor.`),
    ];
  }

  #extensions(): Extension {
    const { onRun } = this.#options;
    return [
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      dropCursor(),
      EditorState.allowMultipleSelections.of(true),
      indentUnit.of('  '),
      EditorState.tabSize.of(2),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      rectangularSelection(),
      crosshairCursor(),
      highlightActiveLine(),
      highlightSelectionMatches({ minSelectionLength: 2 }),
      search({ top: true }),
      editorKeys({ run: onRun, format: () => void this.format() }),
      this.#language.of(this.#languageOf()),
      errorMark,
      editorTheme,
      EditorView.contentAttributes.of({
        'aria-label': 'Statement',
        spellcheck: 'false',
        autocorrect: 'off',
        autocapitalize: 'off',
      }),
      EditorView.updateListener.of(({ docChanged, selectionSet, changes }) => {
        if (docChanged || selectionSet) this.#options.onMeant?.();
        if (!docChanged) return;
        this.#since = this.#since ? this.#since.composeDesc(changes.desc) : changes.desc;
        this.#saveSoon();
      }),
    ];
  }

  /** The text is handed out when typing rests: a copy of a megabyte at every key would be felt. */
  #saveSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.flush(), 200);
  }

  /** Hands the text out now: typing need not have rested where the page goes. */
  flush(): void {
    if (this.#saving === undefined) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#options.onText(this.view.state.doc.toString());
  }
}

function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(task, { timeout: 2_000 });
  else setTimeout(task, 200);
}
