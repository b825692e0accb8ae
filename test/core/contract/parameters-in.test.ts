import { ENGINES } from '#contract/engines.ts';
import { parametersIn } from '#contract/parameters-in.ts';

it('reads the dialect of every engine', () => {
  const found = Object.values(ENGINES).map(({ dialect }) => {
    const text = dialect === 'mongo' ? 'db.a.find({ b: :c, d: ":e" })' : "select ':e' where b = :c";
    return parametersIn(text, dialect).map(({ name }) => name);
  });
  expect(found).toEqual(Object.values(ENGINES).map(() => ['c']));
});
