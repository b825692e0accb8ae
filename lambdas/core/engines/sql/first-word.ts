/** The first word of a statement, as a command is named; `SELECT` where it begins with none. */
export function firstWord(text: string): string {
  const plain = text.replace(/^(?:\s+|--[^\n]*|#[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\()+/, '');
  return /^[a-z]+/i.exec(plain)?.[0].toUpperCase() ?? 'SELECT';
}
