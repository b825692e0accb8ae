import { readTags, writeTags } from '../../../../frontend/src/features/scripts/tags.ts';

it('tags are parted by commas, each once, without the spaces around them', () => {
  expect(readTags(' nightly, end of month ,,nightly, ')).toEqual(['nightly', 'end of month']);
  expect(readTags(' ')).toEqual([]);
  expect(readTags(writeTags(['a', 'b c']))).toEqual(['a', 'b c']);
});
