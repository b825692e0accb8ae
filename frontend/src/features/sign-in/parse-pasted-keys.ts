/**
 * Reads AWS keys out of what somebody pasted: `export` and `set` lines, PowerShell's `$Env:`, a section of a credentials
 * file, the JSON of the access portal or of `aws sts`, the CSV that IAM offers, or the bare values one after another.
 */

export interface PastedKeys {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

const KEY_ID = '(?:AKIA|ASIA)[A-Z0-9]{12,124}';
const SECRET = '[A-Za-z0-9/+=]{16,128}';
const TOKEN = '[A-Za-z0-9/+=_-]{16,8192}';

/** The names that a value goes by, whatever stands around them; case does not matter. */
const NAMES: Record<keyof PastedKeys, readonly [names: string, value: string]> = {
  accessKeyId: ['access[_ -]?key[_ -]?id', KEY_ID],
  secretAccessKey: ['secret[_ -]?access[_ -]?key', SECRET],
  sessionToken: ['(?:session|security)[_ -]?token', TOKEN],
};

/** Returns what was found; undefined where the text holds no keys, so that it is pasted as it is. */
export function parsePastedKeys(text: string): PastedKeys | undefined {
  const section = firstSection(text);
  const named = namedValues(section);
  if (named.accessKeyId || named.secretAccessKey || named.sessionToken) return { ...bareValues(section), ...named };
  const bare = bareValues(section);
  return bare.accessKeyId && bare.secretAccessKey ? bare : undefined;
}

/** A credentials file may hold many profiles: the keys of one must never be mixed with the token of the next. */
function firstSection(text: string): string {
  const sections = text.split(/^[ \t]*\[[^\]\n]*\][ \t]*$/m);
  return sections.find((section) => new RegExp(KEY_ID).test(section)) ?? text;
}

function namedValues(text: string): PastedKeys {
  const found: { -readonly [K in keyof PastedKeys]: PastedKeys[K] } = {};
  for (const field of Object.keys(NAMES) as (keyof PastedKeys)[]) {
    const [names, value] = NAMES[field];
    // White space alone separates within a line only: below a heading stands another field's value.
    const separator = '["\']?(?:\\s*[=:]\\s*|[ \\t]+)';
    const quoted = new RegExp(`${names}${separator}"([^"]+)"`, 'i').exec(text)?.[1];
    // A terminal breaks a long token over several lines: white space inside the quotes is not part of it.
    const joined = quoted?.replace(/\s+/g, '');
    if (joined && new RegExp(`^${value}$`).test(joined)) {
      found[field] = joined;
      continue;
    }
    // The value's own capitals matter, the name's do not: the name is matched first, then the value after it.
    const named = new RegExp(`${names}${separator}['"]?`, 'i').exec(text);
    const rest = named ? text.slice(named.index + named[0].length) : '';
    const plain = new RegExp(`^${value}(?![A-Za-z0-9/+])`).exec(rest)?.[0];
    if (plain) found[field] = plain;
  }
  return found;
}

/** Values without names, told apart by their shape: an id, 40 characters of secret, a much longer token. */
function bareValues(text: string): PastedKeys {
  const words = text.split(/[\s,;"']+/).filter(Boolean);
  const accessKeyId = words.find((word) => new RegExp(`^${KEY_ID}$`).test(word));
  const secretAccessKey = words.find((word) => /^[A-Za-z0-9/+]{40}$/.test(word) && word !== accessKeyId);
  const sessionToken = words.find((word) => /^[A-Za-z0-9/+=]{100,}$/.test(word));
  return {
    ...(accessKeyId ? { accessKeyId } : {}),
    ...(secretAccessKey ? { secretAccessKey } : {}),
    ...(sessionToken ? { sessionToken } : {}),
  };
}
