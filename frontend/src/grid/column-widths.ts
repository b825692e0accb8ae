/** How wide a column begins: as its name and some of its values need, within reason. */
import type { ResultColumn, Value } from '#contract/results.ts';
import { clampWidth } from './column-layout.ts';
import { cellText } from './shown-value.ts';

/** Widths of a character in the grid's two fonts, in pixels (tokens.css: 12.5 px monospace, 12 px text). */
export interface FontWidths {
  readonly mono: number;
  readonly text: number;
}
export const USUAL_FONTS: FontWidths = { mono: 7.55, text: 6.9 };

const PADDING = 17;
/** Room for the mark of a key, and for the button that sorts. */
const KEY_MARK = 16;
const SORT_BUTTON = 32;
/** A column begins no wider than this; a double click on its edge makes it fit. */
const FIRST_LIMIT = 360;
/** Of a long type only the beginning claims room. */
const TYPE_LENGTH = 9;
/** Characters that take two columns of a monospace font: CJK, kana, hangul, emoji (Unicode, UAX 11). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/gu;

export function headerWidth({ name, type, key }: ResultColumn, fonts: FontWidths): number {
  const letters = name.length + 1 + Math.min(type.length, TYPE_LENGTH);
  return letters * fonts.text + PADDING + SORT_BUTTON + (key ? KEY_MARK : 0);
}

/** The width in which all the given values fit whole. */
export function fittingWidth(column: ResultColumn, values: Iterable<Value>, fonts: FontWidths): number {
  let letters = 0;
  for (const value of values) {
    const text = value === null ? 'NULL' : cellText(value, column.kind);
    letters = Math.max(letters, text.length + (text.match(WIDE)?.length ?? 0));
  }
  return clampWidth(Math.max(letters * fonts.mono + PADDING, headerWidth(column, fonts)));
}

export const firstWidth = (column: ResultColumn, values: Iterable<Value>, fonts: FontWidths): number =>
  Math.min(Math.max(FIRST_LIMIT, clampWidth(headerWidth(column, fonts))), fittingWidth(column, values, fonts));
