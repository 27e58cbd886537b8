// Words and small rules of a change.
import { expect, test } from 'vitest';
import { memberWord } from '../../../design/ChangeParts';
import { determinationsOf, NOTHING, reasonsOf, STATUSES, tagsOf, wishesSomething } from './words';

test('redirected is never offered', () => {
  expect(STATUSES.map((one) => one.value)).not.toContain('redirected');
});

test('a wish is empty until something is chosen', () => {
  expect(wishesSomething(NOTHING)).toBe(false);
  expect(wishesSomething({ ...NOTHING, comment: '  ' })).toBe(false);
  expect(wishesSomething({ ...NOTHING, owner: '' })).toBe(true);
  expect(wishesSomething({ ...NOTHING, add_tags: ['a'] })).toBe(true);
});

test('tags are parted by commas and named once', () => {
  expect(tagsOf(' vip, p1,,vip ')).toEqual(['vip', 'p1']);
});

test('members of both APIs have one word', () => {
  expect([memberWord('properties.labels'), memberWord('customTags'), memberWord('new')]).toEqual(['Tags', 'Tags', 'new']);
});

test('what belongs to a classification is offered with it', () => {
  expect(determinationsOf('TruePositive').map((one) => one.value)).toContain('phishing');
  expect(determinationsOf(null)).toEqual([]);
  expect(reasonsOf('FalsePositive')).toHaveLength(2);
  expect(reasonsOf('TruePositive')).toEqual([]);
});
