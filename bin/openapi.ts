/** `npm run openapi`: writes the API's description from its routes. */
import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from '#contract/open-api.ts';

const root = new URL('../', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
await writeFile(new URL('docs/openapi.json', root), `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
