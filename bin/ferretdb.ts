/** `npm run ferretdb`: builds the server that stands in for DocumentDB in local mode and tests. It takes Go. */
import { buildFerretDb } from '#core/local/documentdb/programs.ts';

try {
  const { file, built } = await buildFerretDb();
  console.log(built ? `Built ${file}` : `${file} is there already.`);
} catch (error) {
  const { code, stderr, message } = error as { code?: string; stderr?: string; message?: string };
  console.error(code === 'ENOENT' ? 'This machine has no Go: https://go.dev/doc/install' : stderr || message);
  process.exitCode = 1;
}
