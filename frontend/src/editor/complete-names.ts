/** Completion in the editor, from the names of the database. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension, Text } from '@codemirror/state';
import type { Dialect } from '../grid/sql-names.ts';
import { EDITOR_DIALECTS } from './dialects.ts';
import type { NameIndex } from './name-index.ts';
import { statementsOf, textAround } from './statements.ts';
import { type Suggestion, suggest } from './suggest.ts';

/** `index` is asked at every list: it may come later than the editor. */
export const nameCompletion = (dialect: Dialect, index: () => NameIndex | undefined): Extension =>
  autocompletion({
    override: [nameSource(dialect, index)],
    icons: false,
    maxRenderedOptions: 120,
    activateOnTypingDelay: 40,
    interactionDelay: 60,
    optionClass: ({ type }) => `cm-option-${type ?? 'word'}`,
  });

export function nameSource(dialect: Dialect, index: () => NameIndex | undefined) {
  return (context: CompletionContext): CompletionResult | null => {
    const { doc } = context.state;
    const near = nearText(doc, context.pos);
    const { splitting, suggest: own = suggest } = EDITOR_DIALECTS[dialect];
    const ranges = statementsOf(near.doc, splitting);
    const { text, from } = textAround(near.doc, ranges, context.pos - near.from);
    const cursor = context.pos - near.from - from;
    const found = own(text, cursor, index(), dialect);
    if (!found || found.options.length === 0) return null;
    const start = near.from + from + found.from;
    // Unasked, a list opens once a name has begun or a dot promises one.
    const begun = start < context.pos || doc.sliceString(context.pos - 1, context.pos) === '.';
    if (!begun && !context.explicit) return null;
    if (isWritten(doc.sliceString(start, context.pos), found.options)) return null;
    return { from: start, options: found.options.map(toCompletion), filter: false };
  };
}

/** Of a long text only the surroundings of the cursor are read, at every key: in characters, to either side. */
const NEAR = 30_000;

function nearText(doc: Text, cursor: number): { doc: Text; from: number } {
  if (doc.length <= 3 * NEAR) return { doc, from: 0 };
  const from = Math.max(0, cursor - NEAR);
  return { doc: doc.slice(from, Math.min(doc.length, cursor + NEAR)), from };
}

/** The one name left is there already, whole. */
const isWritten = (typed: string, options: readonly Suggestion[]): boolean =>
  options.length === 1 && options[0]?.apply === typed;

const toCompletion = ({ label, kind, detail, apply }: Suggestion): Completion => ({
  label,
  type: kind,
  apply,
  ...(detail ? { detail } : {}),
});
