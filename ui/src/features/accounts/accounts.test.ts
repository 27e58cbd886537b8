import { expect, test } from 'vitest';
import type { AccountRow } from '../../contract/rpc.gen';
import { mayRemove, shortId, shownOf } from './accounts';

const account = (name: string, open = false): AccountRow => ({ name, kind: 'tenant', open, tenant: '', client: '', stored: [] });

test('the named account is shown, else the open one, else the first', () => {
  const all = [account('a'), account('b', true), account('c')];
  expect(shownOf(all, 'c')?.name).toBe('c');
  expect(shownOf(all, 'gone')?.name).toBe('b');
  expect(shownOf([account('a'), account('c')], undefined)?.name).toBe('a');
  expect(shownOf([], 'a')).toBeUndefined();
});

test('only the whole name removes', () => {
  expect([mayRemove('Contoso', 'contoso'), mayRemove('Contoso', 'Contoso '), mayRemove('Contoso', 'Contoso')]).toEqual([false, false, true]);
});

test('a GUID is shortened, a domain is not', () => {
  expect([shortId('3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20'), shortId('contoso.com')]).toEqual(['3f1c…8a20', 'contoso.com']);
});
