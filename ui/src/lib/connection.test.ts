import { expect, test } from 'vitest';
import { connectionTroubles, secretDoubt, trimmed } from './connection';

const GOOD = { name: 'contoso', tenant: '3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20', client: '5f0c2c1e-0f3b-4c53-8f2c-1f0b7f6c9d11', secret: 'x8Q~value' };

test('a whole connection has no trouble, by id or by domain', () => {
  expect(connectionTroubles(GOOD)).toEqual({});
  expect(connectionTroubles({ ...GOOD, tenant: 'contoso.onmicrosoft.com' })).toEqual({});
});

test.each([
  ['name', { name: '' }],
  ['name', { name: '../contoso' }],
  ['name', { name: 'Contoso' }],
  ['tenant', { tenant: 'contoso' }],
  ['tenant', { tenant: 'https://contoso.com' }],
  ['client', { client: 'contoso-app' }],
  ['secret', { secret: '   ' }],
] as const)('%s is told: %o', (field, change) => {
  expect(Object.keys(connectionTroubles({ ...GOOD, ...change }))).toEqual([field]);
});

test('a name is used once', () => {
  expect(connectionTroubles(GOOD, ['contoso']).name).toContain('There is a connection');
});

test('a secret id in place of the value is doubted, the value is not', () => {
  expect(secretDoubt('  3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20 ')).toContain('secret’s id');
  expect(secretDoubt(GOOD.secret)).toBeUndefined();
});

test('spaces of copying do not count', () => {
  expect(trimmed({ ...GOOD, tenant: ` ${GOOD.tenant}\n` })).toEqual(GOOD);
});
