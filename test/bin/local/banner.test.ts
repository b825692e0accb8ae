import { banner } from '../../../bin/local/banner.ts';

const ready = {
  url: 'http://localhost:4600',
  takenPort: undefined,
  demoUsers: [
    { title: 'Maria, who should claim', accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'not-a-secret' },
    { title: 'a role', accessKeyId: 'ASIATESTONLY00000002', secretAccessKey: 'none', sessionToken: 'not-a-token' },
  ],
  running: ['PostgreSQL 18'],
  lacking: [{ what: 'DynamoDB Local needs Java 17+', command: 'apt-get install default-jre-headless' }],
};
const text = (changes: Partial<typeof ready> | { takenPort: number } = {}) =>
  banner({ ...ready, ...changes }).join('\n');

describe('the banner', () => {
  it('says where to go', () => {
    expect(text()).toContain('Lodge is ready: http://localhost:4600');
  });

  it('gives each user’s keys as a block to paste', () => {
    expect(text()).toMatch(/Maria, who should claim\n\s+export AWS_ACCESS_KEY_ID=AKIATESTONLY00000001\n/);
  });

  it('gives a session token to temporary keys only', () => {
    expect(text().match(/AWS_SESSION_TOKEN/g)).toHaveLength(1);
  });

  it('says what runs, what is missing and which command adds it', () => {
    expect(text()).toContain('PostgreSQL 18');
    expect(text()).toContain('DynamoDB Local needs Java 17+  →  apt-get install default-jre-headless');
  });

  it('leaves out what there is nothing to say of', () => {
    expect(text({ lacking: [] })).not.toContain('lacks');
  });

  it('says so when the usual port was taken', () => {
    expect(text({ takenPort: 4600 })).toContain('port 4600 is taken');
  });
});
