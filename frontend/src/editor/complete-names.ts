/** Completion in the editor, from the names of the database. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
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
    const ranges = statementsOf(doc, EDITOR_DIALECTS[dialect].splitting);
    const { text, from } = textAround(doc, ranges, context.pos);
    const found = suggest(text, context.pos - from, index(), dialect);
    if (!found || found.options.length === 0) return null;
    const start = from + found.from;
    // Unasked, a list opens once a name has begun or a dot promises one.
    const begun = start < context.pos || doc.sliceString(context.pos - 1, context.pos) === '.';
    if (!begun && !context.explicit) return null;
    if (isWritten(doc.sliceString(start, context.pos), found.options)) return null;
    return { from: start, options: found.options.map(toCompletion), filter: false };
  };
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
