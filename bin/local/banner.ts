/** What `npm start` says when it is ready: where to go, as whom, what runs, and what this machine lacks. */
import type { DemoUser } from '#core/local/demo-users.ts';
import type { Lacking } from '#core/local/lacking.ts';

interface Ready {
  readonly url: string;
  /** The port that was asked for, where another one had to be taken. */
  readonly takenPort: number | undefined;
  readonly demoUsers: readonly DemoUser[];
  readonly running: readonly string[];
  readonly lacking: readonly Lacking[];
}

/** The lines of the banner. */
export function banner({ url, takenPort, demoUsers, running, lacking }: Ready): string[] {
  return [
    '',
    `  Lodge is ready: ${url}`,
    ...(takenPort ? [`  (port ${takenPort} is taken)`] : []),
    ...section('Sign in as', demoUsers.flatMap(keysOf)),
    ...section('Running', running),
    ...section(
      'This machine lacks',
      lacking.map(({ what, command }) => `${what}  →  ${command}`),
    ),
    '',
    '  Ctrl+C ends everything.',
    '',
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', `  ${title}`, ...lines.map((line) => `    ${line}`)] : [];

/** A user's keys as a block that the sign-in page takes whole. These keys open nothing but this machine's demo account. */
const keysOf = ({ title, accessKeyId, secretAccessKey, sessionToken }: DemoUser): string[] => [
  `${title}`,
  `  export AWS_ACCESS_KEY_ID=${accessKeyId}`,
  `  export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
  ...(sessionToken ? [`  export AWS_SESSION_TOKEN=${sessionToken}`] : []),
];
