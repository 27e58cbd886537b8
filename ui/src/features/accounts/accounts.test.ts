import { expect, test } from 'vitest';
import type { AccountRow, Doctor, DoctorRow } from '../../contract/rpc.gen';
import { ACCOUNT } from '../../test-core';
import { accountWords, change, mayRemove, shortId, shownOf } from './accounts';
import { monthsOf, place, toneOf, wordsOf } from './expiry';
import { doctorWords, unlockWords, usedWords } from './permissions';

const account = (name: string, open = false): AccountRow => ({ ...ACCOUNT, name, open });

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

test('an account is told by its way in and its tier', () => {
  expect(accountWords({ ...ACCOUNT, way: 'certificate', tier: 'respond', mail: true })).toBe('Certificate. Respond and Mail');
  expect(accountWords({ ...ACCOUNT, kind: 'demo' })).toBe('Demo, Client secret. Look and check');
});

test('an edit leaves what it does not name as it is', () => {
  expect(change(ACCOUNT, { tier: 'fix' })).toEqual({ name: 'contoso', title: null, colour: null, production: null, tier: 'fix', mail: null, primary: null, secret_ends: null });
});

const DOCTOR: Doctor = { asked_at: '2026-11-24T09:00:00Z', tier: 'look', mail: false, rows: [], blocked: ['PB-02', 'PB-05'], checks: 23, unlock: null, notes: [] };

test('how often a permission was needed is said in words', () => {
  expect([null, 0, 1, 1_400].map(usedWords)).toEqual([undefined, 'no request yet', '1 request', '1,400 requests']);
});

test('the doctor is told by what is worst', () => {
  const row: DoctorRow = { state: 'missing', kind: 'graph', permission: 'p', scope: 's', used: null, why: '', checks: [], known_by: 'token' };
  expect(doctorWords({ ...DOCTOR, asked_at: null })).toBeUndefined();
  expect(doctorWords({ ...DOCTOR, rows: [row, { ...row, state: 'too_wide' }] })).toEqual({ words: '1 missing', mark: 'fail' });
  expect(doctorWords({ ...DOCTOR, rows: [{ ...row, state: 'too_wide' }] })?.mark).toBe('review');
  expect(doctorWords(DOCTOR)?.words).toBe('Pass');
  expect(unlockWords({ permission: 'Reader', scope: 'rg-soc', checks: ['PB-02'] }, DOCTOR)).toBe('`Reader` on `rg-soc` lets 1 of the 2 checks run that can’t.');
});

test('the year ahead names its months, as far as they fit', () => {
  const months = monthsOf('2026-11-24T09:30:00Z');
  expect(months.map(({ words }) => words)).toEqual(['Dec', 'Jan 2027', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov']);
  expect(Number.parseFloat(months[0]!.at)).toBeCloseTo((6.6 / 365) * 100, 1);
  expect(monthsOf('2026-11-01T00:00:00Z').at(-1)?.words).toBe('Oct');
});

test('an end is late within a week, soon within a month, and stays on the line', () => {
  expect([null, 31, 30, 8, 7, -2].map(toneOf)).toEqual(['later', 'later', 'soon', 'soon', 'late', 'late']);
  expect([place(-5), place(365 / 2), place(900)]).toEqual(['0%', '50%', '100%']);
  const row = { ends: '2026-11-30T00:00:00Z', ours: true };
  expect(wordsOf({ ...row, days: 6 })).toBe('30 Nov 2026, 6 days, in use here');
  expect(wordsOf({ ...row, days: -1, ours: false })).toBe('30 Nov 2026, ended');
  expect(wordsOf({ ends: null, days: null, ours: false })).toBe('end not known');
});
