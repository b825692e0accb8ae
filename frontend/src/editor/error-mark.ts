/** Marks the place where the database found an error; the mark goes when that text is edited. */
import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, hoverTooltip } from '@codemirror/view';

export interface ErrorMark {
  readonly at: number;
  readonly message: string;
}
/** Sets the mark, or takes it away. */
export const setErrorMark = StateEffect.define<ErrorMark | undefined>();

interface Marked {
  readonly set: DecorationSet;
  readonly message: string;
}
const NONE: Marked = { set: Decoration.none, message: '' };

const field = StateField.define<Marked>({
  create: () => NONE,
  update(marked, transaction) {
    let next = marked;
    if (transaction.docChanged && marked.set.size > 0)
      next = touches(marked, transaction) ? NONE : { ...marked, set: marked.set.map(transaction.changes) };
    for (const effect of transaction.effects)
      if (effect.is(setErrorMark)) next = effect.value ? markAt(transaction.state, effect.value) : NONE;
    return next;
  },
  provide: (self) => EditorView.decorations.from(self, ({ set }) => set),
});

/** Shows the message where the pointer rests on the mark. */
const tooltip = hoverTooltip((view, position) => {
  const range = markedRange(view.state);
  if (!range || position < range.from || position > range.to) return null;
  const { message } = view.state.field(field);
  return {
    pos: range.from,
    end: range.to,
    above: true,
    create() {
      const dom = document.createElement('div');
      dom.className = 'cm-error-text';
      dom.textContent = message;
      return { dom };
    },
  };
});

export const errorMark = [field, tooltip];

/** Where the mark stands now. */
export function markedRange(state: EditorState): { from: number; to: number } | undefined {
  let range: { from: number; to: number } | undefined;
  state.field(field).set.between(0, state.doc.length, (from, to) => {
    range ??= { from, to };
  });
  return range;
}

/** The word at the place; at the end of a line the character before it. */
function markAt(state: EditorState, { at, message }: ErrorMark): Marked {
  const place = Math.min(at, state.doc.length);
  const word = state.wordAt(place);
  const line = state.doc.lineAt(place);
  const from = word?.from ?? (place === line.to ? Math.max(line.from, place - 1) : place);
  const to = Math.max(word?.to ?? 0, Math.min(from + 1, state.doc.length));
  if (to <= from) return NONE;
  return { set: Decoration.set(Decoration.mark({ class: 'cm-error-mark' }).range(from, to)), message };
}

function touches(
  { set }: Marked,
  { changes }: { changes: { touchesRange(from: number, to?: number): boolean | 'cover' } },
) {
  let touched = false;
  set.between(0, 1e9, (from, to) => {
    if (changes.touchesRange(from, to) !== false) touched = true;
  });
  return touched;
}
