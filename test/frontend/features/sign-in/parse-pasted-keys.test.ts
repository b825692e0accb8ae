import { parsePastedKeys } from '../../../../frontend/src/features/sign-in/parse-pasted-keys.ts';

// Made up, and of the right shape only.
const accessKeyId = 'ASIAFAKEFAKEFAKE0001';
const longTerm = 'AKIAFAKEFAKEFAKE0002';
const secretAccessKey = 'fake/secret+for/tests0123456789abcdefABC';
const sessionToken = `FakeToken//////////${'q7+/'.repeat(60)}==`;
const all = { accessKeyId, secretAccessKey, sessionToken };

const blocks: Record<string, string> = {
  'export lines with quotes': `export AWS_ACCESS_KEY_ID="${accessKeyId}"
export AWS_SECRET_ACCESS_KEY="${secretAccessKey}"
export AWS_SESSION_TOKEN="${sessionToken}"`,
  'export lines without quotes, with Windows line ends': `export AWS_ACCESS_KEY_ID=${accessKeyId}\r
export AWS_SECRET_ACCESS_KEY=${secretAccessKey}\r
export AWS_SESSION_TOKEN=${sessionToken}\r\n`,
  'export lines on one line': `export AWS_ACCESS_KEY_ID='${accessKeyId}'; export AWS_SECRET_ACCESS_KEY='${secretAccessKey}'; export AWS_SESSION_TOKEN='${sessionToken}'`,
  'set lines of a Windows prompt': `SET AWS_ACCESS_KEY_ID=${accessKeyId}
SET AWS_SECRET_ACCESS_KEY=${secretAccessKey}
SET AWS_SESSION_TOKEN=${sessionToken}`,
  'setx lines': `setx AWS_ACCESS_KEY_ID ${accessKeyId}
setx AWS_SECRET_ACCESS_KEY ${secretAccessKey}
setx AWS_SESSION_TOKEN ${sessionToken}`,
  'lines of PowerShell': `$Env:AWS_ACCESS_KEY_ID="${accessKeyId}"
$Env:AWS_SECRET_ACCESS_KEY="${secretAccessKey}"
$Env:AWS_SESSION_TOKEN="${sessionToken}"`,
  'lines of the fish shell': `set -gx AWS_ACCESS_KEY_ID ${accessKeyId}
set -gx AWS_SECRET_ACCESS_KEY ${secretAccessKey}
set -gx AWS_SESSION_TOKEN ${sessionToken}`,
  'a section of a credentials file': `[123456789012_Developers]
aws_access_key_id=${accessKeyId}
aws_secret_access_key=${secretAccessKey}
aws_session_token=${sessionToken}`,
  'a section with spaces and the old name of the token': `[default]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
aws_security_token = ${sessionToken}
x_security_token_expires = 2030-01-01T00:00:00+00:00`,
  'what aws sts prints': JSON.stringify(
    {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: '2030-01-01T00:00:00+00:00',
      },
      AssumedRoleUser: { AssumedRoleId: 'AROAFAKEFAKEFAKE0003:me', Arn: 'arn:aws:sts::123456789012:assumed-role/R/me' },
    },
    null,
    4,
  ),
  "the access portal's JSON": JSON.stringify({
    roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: 1_900_000_000_000 },
  }),
  'JSON whose order is another': JSON.stringify({
    SessionToken: sessionToken,
    SecretAccessKey: secretAccessKey,
    AccessKeyId: accessKeyId,
  }),
  'what export-credentials prints': JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  }),
  'options of a container': `-e AWS_ACCESS_KEY_ID=${accessKeyId} -e AWS_SECRET_ACCESS_KEY=${secretAccessKey} -e AWS_SESSION_TOKEN=${sessionToken}`,
  YAML: `aws_access_key_id: ${accessKeyId}\naws_secret_access_key: ${secretAccessKey}\naws_session_token: ${sessionToken}`,
  'the bare values, one a line': `${accessKeyId}\n${secretAccessKey}\n${sessionToken}`,
};

describe('parsePastedKeys', () => {
  for (const [what, text] of Object.entries(blocks))
    it(`reads ${what}`, () => {
      expect(parsePastedKeys(text)).toEqual(all);
    });

  it('joins a token that the terminal broke over several lines', () => {
    const broken = `${sessionToken.slice(0, 80)}\n    ${sessionToken.slice(80, 160)}\n${sessionToken.slice(160)}`;
    const text = `"AccessKeyId": "${accessKeyId}", "SecretAccessKey": "${secretAccessKey}", "SessionToken": "${broken}"`;
    expect(parsePastedKeys(text)).toEqual(all);
  });

  it('reads the CSV that IAM offers', () => {
    const csv = `\uFEFFAccess key ID,Secret access key\r\n${longTerm},${secretAccessKey}\r\n`;
    expect(parsePastedKeys(csv)).toEqual({ accessKeyId: longTerm, secretAccessKey });
  });

  it('finds no token where there is none', () => {
    const text = `[default]\naws_access_key_id = ${longTerm}\naws_secret_access_key = ${secretAccessKey}\nregion = eu-central-1`;
    expect(parsePastedKeys(text)).toEqual({ accessKeyId: longTerm, secretAccessKey });
  });

  it('never mixes two profiles', () => {
    const text = `# mine
[default]
aws_access_key_id = ${longTerm}
aws_secret_access_key = ${secretAccessKey}

[temporary]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = other${secretAccessKey.slice(5)}
aws_session_token = ${sessionToken}
`;
    expect(parsePastedKeys(text)).toEqual({ accessKeyId: longTerm, secretAccessKey });
  });

  it('skips a profile that has no keys', () => {
    const text = `[profile sso]\nsso_region = eu-central-1\n[default]\naws_access_key_id=${longTerm}\naws_secret_access_key=${secretAccessKey}`;
    expect(parsePastedKeys(text)).toEqual({ accessKeyId: longTerm, secretAccessKey });
  });

  it('reads a single line with a name', () => {
    expect(parsePastedKeys(`AWS_SESSION_TOKEN=${sessionToken}`)).toEqual({ sessionToken });
  });

  it('leaves a single bare value to the field it was pasted into', () => {
    expect(parsePastedKeys(longTerm)).toBeUndefined();
    expect(parsePastedKeys(secretAccessKey)).toBeUndefined();
    expect(parsePastedKeys(sessionToken)).toBeUndefined();
  });

  it('leaves other text alone', () => {
    expect(parsePastedKeys('')).toBeUndefined();
    expect(parsePastedKeys('select * from customers where access_key_id = 1')).toBeUndefined();
    expect(parsePastedKeys('The access key id begins with AKIA.')).toBeUndefined();
  });

  it('does not take an id of another kind for a key', () => {
    expect(parsePastedKeys('AWS_ACCESS_KEY_ID=AROAFAKEFAKEFAKE0003')).toBeUndefined();
  });
});
