import {
  checkDraft,
  kindOfKeys,
  NO_KEYS,
  pasteInto,
  sentence,
} from '../../../../frontend/src/features/sign-in/keys-draft.ts';

const longTerm = 'AKIAFAKEFAKEFAKE0002';
const temporary = 'ASIAFAKEFAKEFAKE0001';
const secretAccessKey = 'fake/secret+for/tests0123456789abcdefABC';
const sessionToken = 'FakeToken'.repeat(20);

describe('kindOfKeys', () => {
  it.each([
    [temporary, 'temporary'],
    ['asia', 'temporary'],
    [` ${longTerm} `, 'long-term'],
    ['AROAFAKE', undefined],
    ['', undefined],
  ])('reads %p as %p', (id, kind) => {
    expect(kindOfKeys(id)).toBe(kind);
  });
});

describe('pasteInto', () => {
  it('fills all fields from a block, and says how many', () => {
    const text = `export AWS_ACCESS_KEY_ID=${temporary}\nexport AWS_SECRET_ACCESS_KEY=${secretAccessKey}\nexport AWS_SESSION_TOKEN=${sessionToken}`;
    expect(pasteInto(NO_KEYS, text)).toEqual({
      draft: { accessKeyId: temporary, secretAccessKey, sessionToken },
      filled: 3,
    });
  });

  it('never leaves the token of the keys before beside new keys', () => {
    const before = { accessKeyId: temporary, secretAccessKey, sessionToken };
    const text = `aws_access_key_id = ${longTerm}\naws_secret_access_key = ${secretAccessKey}`;
    expect(pasteInto(before, text)?.draft).toEqual({ accessKeyId: longTerm, secretAccessKey, sessionToken: '' });
  });

  it('adds a token that comes alone to what is there', () => {
    const before = { accessKeyId: temporary, secretAccessKey, sessionToken: '' };
    expect(pasteInto(before, `AWS_SESSION_TOKEN=${sessionToken}`)?.draft).toEqual({ ...before, sessionToken });
  });

  it('leaves other text to the field', () => {
    expect(pasteInto(NO_KEYS, 'hello')).toBeUndefined();
  });
});

describe('checkDraft', () => {
  it('passes temporary keys with their token', () => {
    const draft = { accessKeyId: temporary, secretAccessKey, sessionToken };
    expect(checkDraft(draft)).toEqual({ keys: draft });
  });

  it('takes white space off', () => {
    const draft = { accessKeyId: ` ${longTerm}\n`, secretAccessKey: ` ${secretAccessKey} `, sessionToken: '' };
    expect(checkDraft(draft)).toEqual({ keys: { accessKeyId: longTerm, secretAccessKey } });
  });

  it('sends no token with long-term keys', () => {
    const checked = checkDraft({ accessKeyId: longTerm, secretAccessKey, sessionToken });
    expect(checked).toEqual({ keys: { accessKeyId: longTerm, secretAccessKey } });
  });

  it('names every field that is missing', () => {
    expect(checkDraft(NO_KEYS)).toEqual({
      errors: {
        accessKeyId: 'The access key ID is missing.',
        secretAccessKey: 'The secret access key is missing.',
      },
    });
  });

  it('asks for the token of temporary keys', () => {
    const checked = checkDraft({ accessKeyId: temporary, secretAccessKey, sessionToken: ' ' });
    expect(checked).toEqual({ errors: { sessionToken: expect.stringContaining('session token') } });
  });

  it('says how a key begins where it begins otherwise', () => {
    const checked = checkDraft({ accessKeyId: 'AROAFAKEFAKEFAKE0003', secretAccessKey, sessionToken: '' });
    expect(checked).toEqual({ errors: { accessKeyId: expect.stringMatching(/^The access key ID begins with AKIA/) } });
  });

  it('says that a secret is too short', () => {
    const checked = checkDraft({ accessKeyId: longTerm, secretAccessKey: 'short', sessionToken: '' });
    expect(checked).toEqual({ errors: { secretAccessKey: 'The secret access key is too short.' } });
  });
});

describe('sentence', () => {
  it('leaves whole sentences as they are', () => {
    expect(sentence('accessKeyId', 'AWS does not know it.')).toBe('AWS does not know it.');
    expect(sentence('other', 'is wrong')).toBe('is wrong');
  });
});
