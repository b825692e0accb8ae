import { accountIdOf, openAccountBook } from '../../../../frontend/src/features/explorer/accounts.ts';
import { storage } from '../workbench/demo.ts';

const roleArn = 'arn:aws:iam::444455556666:role/lodge';
const partner = { name: 'Partner', roleArn };

describe('the accounts', () => {
  it('are there again after a reload, for the same user', () => {
    const local = storage();
    openAccountBook('ada', local, storage()).put(partner);
    expect(openAccountBook('ada', local, storage()).accounts.get()).toEqual([partner]);
    expect(openAccountBook('ben', local, storage()).accounts.get()).toEqual([]);
  });

  it('have one entry for each role, in the order in which they were added', () => {
    const book = openAccountBook('ada', storage(), storage());
    book.put(partner);
    book.put({ name: 'Other', roleArn: 'arn:aws:iam::777788889999:role/lodge' });
    book.put({ ...partner, name: 'Renamed' });
    expect(book.accounts.get().map(({ name }) => name)).toEqual(['Renamed', 'Other']);
    book.remove(roleArn);
    expect(book.accounts.get().map(({ name }) => name)).toEqual(['Other']);
  });

  it('leave behind what cannot be read', () => {
    const local = storage();
    local.setItem('lodge-accounts:ada', '[{"name":"x"}]');
    expect(openAccountBook('ada', local, storage()).accounts.get()).toEqual([]);
  });

  it('are named by their numbers', () => {
    expect(accountIdOf(roleArn)).toBe('444455556666');
  });
});

describe('an external id', () => {
  it('goes with the role, and stays as long as the window', () => {
    const [local, passing] = [storage(), storage()];
    const book = openAccountBook('ada', local, passing);
    book.put(partner);
    book.remember({ roleArn, externalId: 'kontor-7' });
    expect(book.assume(roleArn)).toEqual({ roleArn, externalId: 'kontor-7' });
    expect(openAccountBook('ada', local, passing).assume(roleArn)).toEqual({ roleArn, externalId: 'kontor-7' });
    expect(openAccountBook('ada', local, storage()).assume(roleArn)).toEqual({ roleArn });
    expect(local.getItem('lodge-accounts:ada')).not.toContain('kontor-7');
  });

  it('is forgotten where none is needed', () => {
    const book = openAccountBook('ada', storage(), storage());
    book.remember({ roleArn, externalId: 'kontor-7' });
    book.remember({ roleArn });
    expect(book.assume(roleArn)).toEqual({ roleArn });
  });
});
