/** A clipboard that keeps what it was given. */
export function clipboard() {
  const kept: { text?: string | undefined } = {};
  const writeText = async (text: string) => {
    kept.text = text;
  };
  const write = async ([item]: { given: Record<string, Promise<Blob>> }[]) => {
    kept.text = await (await item?.given['text/plain'])?.text();
  };
  Object.defineProperty(globalThis, 'navigator', { value: { clipboard: { writeText, write } }, configurable: true });
  Object.defineProperty(globalThis, 'ClipboardItem', {
    value: class {
      readonly given: unknown;
      constructor(given: unknown) {
        this.given = given;
      }
    },
    configurable: true,
  });
  return kept;
}
