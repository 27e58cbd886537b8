import { expect, test } from 'vitest';
import { pathsOf } from './paths';

test('one path a line, without the dress that file managers give it', () => {
  expect(pathsOf(' /srv/rules \r\n"C:\\My rules\\a.json"\n\nfile:///srv/my%20rules\n/srv/rules\n')).toEqual(['/srv/rules', 'C:\\My rules\\a.json', '/srv/my rules']);
});

test('a percent sign that escapes nothing stays', () => {
  expect(pathsOf('file:///srv/100%')).toEqual(['/srv/100%']);
});

test('nothing typed is no path', () => {
  expect(pathsOf(' \n ')).toEqual([]);
});
