import { expect, test } from 'vitest';
import { connectionTroubles, EMPTY_CONNECTION, fieldsOf, requestOf, secretDoubt, waysFor, type ConnectionForm } from './connection';

const GOOD: ConnectionForm = { ...EMPTY_CONNECTION, way: 'client_secret', name: 'contoso', tenant: '3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20', client: '5f0c2c1e-0f3b-4c53-8f2c-1f0b7f6c9d11', secret: 'x8Q~value' };

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
  ['certificate', { way: 'certificate' }],
  ['authority', { cloud: 'custom', authority: 'http://login.example', arm: 'https://arm.example', graph: 'https://graph.example', logs: 'https://logs.example', smtp: 'smtp.example' }],
  ['smtp', { cloud: 'custom', authority: 'https://login.example', arm: 'https://arm.example', graph: 'https://graph.example', logs: 'https://logs.example', smtp: 'smtp://x' }],
] as const)('%s is told: %o', (field, change) => {
  expect(Object.keys(connectionTroubles({ ...GOOD, ...change }))).toEqual([field]);
});

test('a name is used once', () => {
  expect(connectionTroubles(GOOD, ['contoso']).name).toContain('There is a connection');
});

test('what the signed-in Azure CLI or machine knows need not be typed', () => {
  expect(connectionTroubles({ ...GOOD, way: 'azure_cli', tenant: '' })).toEqual({});
  expect(connectionTroubles({ ...GOOD, way: 'managed_identity', tenant: '', client: '' })).toEqual({});
  expect(connectionTroubles({ ...GOOD, way: 'browser', tenant: '' })).toHaveProperty('tenant');
});

test('a secret id in place of the value is doubted, the value is not', () => {
  expect(secretDoubt({ ...GOOD, secret: '  3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20 ' })).toContain('secret’s id');
  expect(secretDoubt(GOOD)).toBeUndefined();
});

test('only what the way asks for is sent, without the spaces of copying', () => {
  const request = requestOf({ ...GOOD, way: 'browser', tenant: ` ${GOOD.tenant}\n` });
  expect(request).toMatchObject({ tenant: GOOD.tenant, way: 'browser', secret: null, certificate: null, custom: null, keep: true });
});

test('the demo tenant needs no ids and keeps nothing', () => {
  const form: ConnectionForm = { ...GOOD, cloud: 'demo', way: 'device_code' };
  expect(fieldsOf(form)).toEqual(['name']);
  expect(requestOf(form)).toMatchObject({ tenant: '', client: '', keep: false });
});

test('each purpose has its own ways, best first', () => {
  expect(waysFor('person').map(({ way }) => way)).toEqual(['browser', 'azure_cli', 'device_code']);
  expect(waysFor('unattended')[0]?.way).toBe('managed_identity');
});
