/** Marks the lines of the statement that Run would run, beside their numbers. */
import { type EditorState, RangeSet, RangeSetBuilder, StateField } from '@codemirror/state';
import { GutterMarker, gutterLineClass } from '@codemirror/view';
import type { StatementRange } from '#contract/sql/split.ts';
import { type Splitting, statementAt, statementsOf } from './statements.ts';

class StatementLine extends GutterMarker {
  override readonly elementClass = 'cm-statement-line';
}
const mark = new StatementLine();
/** Of a longer statement only the first lines are marked. */
const MOST_LINES = 2_000;
/** In a longer text, splitting at every key would be felt: it waits for the cursor to move. */
const LONG = 300_000;

/** The range that the marks stand for, and the marks. */
interface Current {
  readonly range: StatementRange | undefined;
  readonly lines: RangeSet<GutterMarker>;
}

export function currentStatement(dialect: Splitting) {
  const read = (state: EditorState): Current => {
    const range = statementAt(state.doc, statementsOf(state.doc, dialect), state.selection.main.head);
    return { range, lines: range ? linesOf(state, range) : RangeSet.empty };
  };
  const field = StateField.define<Current>({
    create: read,
    update(current, transaction) {
      if (transaction.docChanged && transaction.newDoc.length > LONG)
        return { range: undefined, lines: current.lines.map(transaction.changes) };
      return transaction.docChanged || transaction.selection ? read(transaction.state) : current;
    },
    provide: (self) => gutterLineClass.from(self, ({ lines }) => lines),
  });
  return field;
}

function linesOf({ doc }: EditorState, { from, to }: StatementRange): RangeSet<GutterMarker> {
  const builder = new RangeSetBuilder<GutterMarker>();
  const first = doc.lineAt(from).number;
  const last = Math.min(doc.lineAt(to).number, first + MOST_LINES);
  for (let number = first; number <= last; number++) {
    const line = doc.line(number);
    builder.add(line.from, line.from, mark);
  }
  return builder.finish();
}
