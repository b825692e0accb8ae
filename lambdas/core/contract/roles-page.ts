/** `docs/roles.md`, made from the routes and the table of callers: what is written by hand goes stale. */
import { CALLERS, type Caller, refusal } from './admission.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { ROLES } from './roles.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** The whole page, in Markdown. */
export const rolesPage = (): string => `# Who may do what

Written by \`npm run docs\` from the routes' \`audience\` (\`lambdas/core/contract/routes.ts\`). A test walks every cell over the
whole composition (\`test/all.test.ts\`).

${table(
  ['role', 'may'],
  Object.values(ROLES).map(({ title, may }) => [title, may]),
)}

A role may call what those below it may. What it may do with a database is enforced by the database: a reader's connection
only reads. A narrowing may hide resources from a role, or make it a reader of them ([deploy.md](deploy.md)).

## Every route

A word is the answer's code; \`yes\`: the caller is let in, and the route's own rules come next.

${table(['route', 'what it does', ...callers], routes.map(row))}

## The callers

${table(
  ['caller', 'how they come'],
  Object.entries(CALLERS).map(([caller, how]) => [caller, how]),
)}

## The answers

${table(['code', 'status', 'sentence'], refusals().map(described))}
`;

const callers = Object.keys(CALLERS) as Caller[];
const routes: readonly Route[] = Object.values(ROUTES);

const row = ({ method, path, summary, audience }: Route): string[] => [
  `\`${method} ${path}\``,
  summary,
  ...callers.map((caller) => code(refusal(caller, audience))),
];

const code = (refused: ErrorCode | undefined): string => (refused ? `\`${refused}\`` : 'yes');

/** Every code that is in the table, once. */
const refusals = (): ErrorCode[] => {
  const codes = routes.flatMap(({ audience }) => callers.map((caller) => refusal(caller, audience)));
  return [...new Set(codes.filter((each) => each !== undefined))].sort();
};

const described = (refused: ErrorCode): string[] => [`\`${refused}\``, String(ERRORS[refused][0]), ERRORS[refused][1]];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
