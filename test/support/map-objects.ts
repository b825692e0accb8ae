/** What maps read and write, in memory. */
import type { MapObjects } from '#core/local/automation/map-objects.ts';

export function memoryObjects(texts: Readonly<Record<string, string>> = {}) {
  const written = new Map<string, unknown>();
  const objects: MapObjects = {
    async read({ bucket, key }) {
      const text = texts[`${bucket}/${key}`];
      if (text === undefined) throw new Error('The specified key does not exist.');
      return text;
    },
    async write({ bucket, key }, content) {
      written.set(`${bucket}/${key}`, content);
      return JSON.stringify(content).length;
    },
  };
  return { objects, written };
}
