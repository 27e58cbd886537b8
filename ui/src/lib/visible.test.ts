import { expect, test } from 'vitest';
import { visible } from './visible';

test('an override is shown as its code point', () => {
  expect(visible('invoice\u202Egnp.exe')).toBe('invoice[U+202E]gnp.exe');
});

test('escapes, zero widths and isolates are shown', () => {
  expect(visible('\u001b[2J\u200b\u2066x')).toBe('[U+001B][2J[U+200B][U+2066]x');
});

test('plain words of any script stay as they are', () => {
  for (const text of ['Mimikatz auf SRV-07', 'دخول مشبوه', '不審なサインイン', 'line\nline\ttab', '👨‍💻 made this']) expect(visible(text)).toBe(text);
});
