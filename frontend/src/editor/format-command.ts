/** Formats the selection, or the whole text, as one step of the history. */
import { EditorSelection } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { FormatLanguage } from './format-sql.ts';
import { samePlace } from './formatted.ts';

/** Resolves a sentence where it could not be done. */
export async function formatText(view: EditorView, language: FormatLanguage): Promise<string | undefined> {
  const { doc, selection } = view.state;
  const { from, to } = selection.main.empty ? { from: 0, to: doc.length } : selection.main;
  const before = doc.sliceString(from, to);
  const { formatSql } = await import('./format-sql.ts');
  let after: string;
  try {
    after = formatSql(before, language);
  } catch {
    return 'This text could not be formatted: the formatter does not understand it.';
  }
  // Somebody went on typing while the formatter was fetched: their text wins.
  if (view.state.doc !== doc || after === before) return undefined;
  const place = (at: number): number => from + samePlace(before, after, Math.max(0, Math.min(at, to) - from));
  view.dispatch({
    changes: { from, to, insert: after },
    selection: selection.main.empty
      ? EditorSelection.cursor(place(selection.main.head))
      : EditorSelection.range(from, from + after.length),
    scrollIntoView: true,
    userEvent: 'format',
  });
  return undefined;
}
