// What a tenant connection needs to look right before the core is asked. Pure; the core decides again.
// The shapes are Microsoft's: ids are GUIDs, a tenant may be named by a domain, a secret's value is no GUID but its id is one.

export interface ConnectionForm {
  name: string;
  tenant: string;
  client: string;
  secret: string;
}
export type ConnectionField = keyof ConnectionForm;

export const EMPTY_CONNECTION: ConnectionForm = { name: '', tenant: '', client: '', secret: '' };

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/iu;
/** A folder's name too, so it stays plain. */
const NAME = /^[a-z0-9_-]{1,40}$/u;

/** What stands in the way, by field; empty = it can be sent. */
export function connectionTroubles(form: ConnectionForm, taken: readonly string[] = []): Partial<Record<ConnectionField, string>> {
  const { name, tenant, client, secret } = trimmed(form);
  return {
    ...(NAME.test(name) ? {} : { name: '1 to 40 lower-case letters, digits, dashes or underscores.' }),
    ...(taken.includes(name) ? { name: `There is a connection named ${name}.` } : {}),
    ...(GUID.test(tenant) || DOMAIN.test(tenant) ? {} : { tenant: 'The tenant’s id, such as 8-4-4-4-12 hexadecimal digits, or one of its domains.' }),
    ...(GUID.test(client) ? {} : { client: 'The Application (client) id: 8-4-4-4-12 hexadecimal digits.' }),
    ...(secret === '' ? { secret: 'The value of a client secret.' } : {}),
  };
}

/** Said beside the secret, without standing in the way. */
export function secretDoubt(secret: string): string | undefined {
  return GUID.test(secret.trim()) ? 'This looks like the secret’s id. The value stands beside it and is shown only when the secret is made.' : undefined;
}

/** Spaces from copying are cut; a secret has none at its ends. */
export function trimmed(form: ConnectionForm): ConnectionForm {
  return { name: form.name.trim(), tenant: form.tenant.trim(), client: form.client.trim(), secret: form.secret.trim() };
}
