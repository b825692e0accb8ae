import { statementParts } from '../../../../frontend/src/features/audit/statement-parts.ts';

const coloured = (text: string) => statementParts(text).flatMap(({ text: part, kind }) => (kind ? [[kind, part]] : []));

describe('the parts of a statement', () => {
  it('are told by what they are', () =>
    expect(coloured('select a, \'b\' from "from" where n = 12 -- all')).toEqual([
      ['keyword', 'select'],
      ['text', "'b'"],
      ['keyword', 'from'],
      ['keyword', 'where'],
      ['number', '12'],
      ['comment', '-- all'],
    ]));
  it.each(['', 'select 1', ' x ', "select '\nopen", '{"a": 1}', `select ${'1,'.repeat(20_000)}`])(
    'are the whole text of %.20j together',
    (text) =>
      expect(
        statementParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text),
  );
});
