/** `npm run docs`: writes the pages that are made from the routes. */
import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from '#contract/open-api.ts';
import { rolesPage } from '#contract/roles-page.ts';

const root = new URL('../', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
await writeFile(new URL('docs/openapi.json', root), `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
await writeFile(new URL('docs/roles.md', root), rolesPage());
