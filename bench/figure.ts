/** A line of the table that `npm run bench` prints. */
export interface Figure {
  readonly figure: string;
  readonly measured: string;
  /** The same done without Lodge. */
  readonly raw?: string;
  readonly ratio?: string;
  /** What was promised; absent where a figure is only reported. */
  readonly target?: string;
  readonly ok?: boolean;
}

const HEAD = ['figure', 'measured', 'raw', 'ratio', 'to reach', 'ok?'];

/** Figures as one table, in Markdown so that it can be pasted. */
export function tableOf(figures: readonly Figure[]): string {
  const body = figures.map(({ figure, measured, raw = '', ratio = '', target = 'reported', ok }) => {
    const verdict = ok ? 'yes' : 'NO';
    return [figure, measured, raw, ratio, target, ok === undefined ? '' : verdict];
  });
  const widths = HEAD.map((title, column) => Math.max(...[title, ...body.map((row) => row[column] ?? '')].map(size)));
  const rule = widths.map((width) => '-'.repeat(width));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [HEAD, rule, ...body].map(line).join('\n');
}

const size = (text: string): number => text.length;

export const thousands = (value: number): string => Math.round(value).toLocaleString('en');
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : thousands(value)} ms`;
export const seconds = (value: number): string => `${(value / 1_000).toFixed(2)} s`;
export const kilobytes = (bytes: number): string => `${thousands(bytes / 1_024)} KB`;
export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
export const times = (value: number): string => `${value.toFixed(2)} ×`;
