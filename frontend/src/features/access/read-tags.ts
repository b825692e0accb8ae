/** `team=platform, stage=test` as tags; a word without `=` is a tag with an empty value. */
export const readTags = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(/[,\n]/)
      .map((pair) => pair.trim())
      .filter(Boolean)
      .map((pair) => {
        const [key = '', ...value] = pair.split('=');
        return [key.trim(), value.join('=').trim()];
      }),
  );
