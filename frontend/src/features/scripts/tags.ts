/** Tags as people type them: with commas between, each once. */

export const readTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

export const writeTags = (tags: readonly string[]): string => tags.join(', ');
