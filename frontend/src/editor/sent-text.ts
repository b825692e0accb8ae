/** A part of the editor's text, as it was when it was sent; and where a place of it is, as people count. */

export interface SentText {
  readonly text: string;
  /** Where it began in the editor, also as people count: from 1. */
  readonly from: number;
  readonly line: number;
  readonly column: number;
}

/** A part of it, as a text of its own. */
export function partOf(sent: SentText, { from, to }: { from: number; to: number }): SentText {
  const before = sent.text.slice(0, from).split('\n');
  const behind = before.at(-1)?.length ?? 0;
  return {
    text: sent.text.slice(from, to),
    from: sent.from + from,
    line: sent.line + before.length - 1,
    column: before.length === 1 ? sent.column + behind : behind + 1,
  };
}

/** `Line 3, column 8` in the editor, for a place in the text that was sent. */
export function lineAndColumn(sent: SentText, place: number): string {
  const { line, column } = partOf(sent, { from: place, to: place });
  return `Line ${line}, column ${column}`;
}
