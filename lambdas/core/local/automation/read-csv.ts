/**
 * Rows of a CSV (RFC 4180) by the names in its first line, as Step Functions reads items: every value is text, a row that is
 * too short has empty ones, and what is too much is left out (Developer Guide, "ItemReader").
 */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = linesOf(text);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
}

function linesOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  // One field and what ends it; a quoted one may hold line ends.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const [, quoted, plain = '', end] = field.exec(text) ?? [];
    if (end === undefined) throw new SyntaxError(`There is a quotation mark out of place near character ${at}.`);
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',' && field.lastIndex < text.length) continue;
    if (end === ',') line.push('');
    lines.push(line);
    line = [];
  }
  return lines;
}
