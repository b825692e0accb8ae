import {
  type AuditFilter,
  changeFilter,
  fromFragment,
  toFragment,
  toSearch,
} from '../../../../frontend/src/features/audit/audit-filter.ts';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const WHOLE: AuditFilter = {
  text: 'ümläut & "more" #1',
  kind: 'statement',
  outcome: 'refused',
  user: 'aws:111122223333:AIDAFAKE',
  name: 'maria',
  resource: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-02T00:00:00.000Z',
};

describe('a search of the record', () => {
  it('goes through a link to a colleague and back', () => expect(fromFragment(toFragment(WHOLE))).toEqual(WHOLE));

  it('stands in the fragment, which no server is sent', () => {
    const url = new URL(`https://lodge.example/audit${toFragment(WHOLE)}`);
    expect([url.pathname, url.search]).toEqual(['/audit', '']);
  });

  it('of everything leaves the address as it is', () => expect(toFragment({})).toBe(''));

  it('takes of an old link what it still understands', () =>
    expect(fromFragment('#kind=dance&outcome=failed&when=aeon&from=yesterday&colour=red&text=')).toEqual({
      outcome: 'failed',
    }));

  it('asks the server for what it means now', () => {
    expect(toSearch(WHOLE, NOW)).toEqual({
      text: 'ümläut & "more" #1',
      kind: 'statement',
      outcome: 'refused',
      userId: 'aws:111122223333:AIDAFAKE',
      resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-02T00:00:00.000Z',
    });
    expect(toSearch({ when: 'day' }, NOW)).toEqual({ from: '2026-11-23T12:00:00.000Z' });
  });

  it('has a span or exact ends, whichever was chosen last', () => {
    expect(changeFilter(WHOLE, { when: 'week' })).not.toHaveProperty('from');
    expect(changeFilter({ when: 'week' }, { from: NOW.toISOString() })).toEqual({ from: NOW.toISOString() });
  });

  it('no longer looks for what was taken out', () =>
    expect(changeFilter({ text: 'a', kind: 'claim' }, { text: undefined })).toEqual({ kind: 'claim' }));
});
