// A new connection as it is typed: clouds, ways in ranked by purpose, and what must look right before the core is asked.
// Pure; the core decides again. The shapes are Microsoft's: ids are GUIDs, a tenant may be named by a domain.
import type { AccountConnect, CloudName, WayIn } from '../../contract/rpc.gen';
import type { IconName } from '../../design/icons';

/** Who signs in decides which ways are offered first. */
export type Purpose = 'person' | 'unattended';

export interface ConnectionForm {
  cloud: CloudName;
  purpose: Purpose;
  way: WayIn;
  name: string;
  tenant: string;
  client: string;
  secret: string;
  certificate: string;
  authority: string;
  arm: string;
  graph: string;
  logs: string;
  smtp: string;
  keep: boolean;
}

/** A field of text: the others are choices. */
export type TextField = Exclude<keyof ConnectionForm, 'cloud' | 'purpose' | 'way' | 'keep'>;

export const EMPTY_CONNECTION: ConnectionForm = {
  cloud: 'public',
  purpose: 'person',
  way: 'browser',
  name: '',
  tenant: '',
  client: '',
  secret: '',
  certificate: '',
  authority: '',
  arm: '',
  graph: '',
  logs: '',
  smtp: '',
  keep: true,
};

export interface Cloud {
  name: CloudName;
  words: string;
  note: string;
  /** Why it can't be chosen. */
  refused?: string;
}

export const CLOUDS: readonly Cloud[] = [
  { name: 'public', words: 'Public and GCC', note: 'login.microsoftonline.com' },
  { name: 'gcc_high', words: 'GCC High', note: 'login.microsoftonline.us' },
  { name: 'dod', words: 'DoD', note: 'login.microsoftonline.us, dod-graph.microsoft.us' },
  { name: 'custom', words: 'Custom', note: 'Addresses that you type' },
  { name: 'china', words: 'China (21Vianet)', note: '', refused: 'Microsoft retired Sentinel there on 18 August 2026.' },
  { name: 'demo', words: 'The demo tenant on this PC', note: 'Every way in can be tried without a tenant' },
];

export interface Way {
  way: WayIn;
  words: string;
  icon: IconName;
  note: string;
  /** Asked for, in this order. */
  fields: readonly TextField[];
}

const PERSON_WAYS: readonly WayIn[] = ['browser', 'azure_cli', 'device_code'];
const UNATTENDED_WAYS: readonly WayIn[] = ['managed_identity', 'certificate', 'client_secret'];

export const WAYS: Record<WayIn, Way> = {
  browser: { way: 'browser', words: 'System browser', icon: 'browser', note: 'You sign in on Microsoft’s page. It can prove this device and ask for a second factor.', fields: ['tenant', 'client'] },
  azure_cli: { way: 'azure_cli', words: 'Azure CLI', icon: 'terminal', note: 'Whoever `az login` signed in. Reads Azure and the logs; Defender’s side only where that sign-in may.', fields: ['tenant'] },
  device_code: { way: 'device_code', words: 'Device code', icon: 'key', note: 'A code that is typed on another device. Many tenants block this way, because it can’t prove a device.', fields: ['tenant', 'client'] },
  managed_identity: { way: 'managed_identity', words: 'Managed identity', icon: 'server', note: 'Only on a machine in Azure: no secret exists at all.', fields: ['tenant', 'client'] },
  certificate: { way: 'certificate', words: 'Certificate', icon: 'certificate', note: 'A PEM or PFX file with its private key. It is read once and kept sealed.', fields: ['tenant', 'client', 'certificate', 'secret'] },
  client_secret: { way: 'client_secret', words: 'Client secret', icon: 'account', note: 'Easy to set up, and the first thing that expires.', fields: ['tenant', 'client', 'secret'] },
};

/** Best first for the purpose; the others can still be chosen behind them. */
export function waysFor(purpose: Purpose): readonly Way[] {
  return (purpose === 'person' ? PERSON_WAYS : UNATTENDED_WAYS).map((way) => WAYS[way]);
}

/** A person has to do something before anything can be read. */
export function isInteractive(way: WayIn): boolean {
  return way === 'browser' || way === 'device_code';
}

const CUSTOM_FIELDS: readonly TextField[] = ['authority', 'arm', 'graph', 'logs', 'smtp'];

/** The fields that this form asks for, in order. */
export function fieldsOf({ cloud, way }: ConnectionForm): readonly TextField[] {
  if (cloud === 'demo') return ['name'];
  return ['name', ...(cloud === 'custom' ? CUSTOM_FIELDS : []), ...WAYS[way].fields];
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/iu;
/** A folder's name too, so it stays plain. */
const NAME = /^[a-z0-9_-]{1,40}$/u;
const ORIGIN = /^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/iu;
const HOST = /^[a-z0-9.-]+(:\d{1,5})?$/iu;

/** What stands in the way, by field; empty = it can be sent. */
export function connectionTroubles(form: ConnectionForm, taken: readonly string[] = []): Partial<Record<TextField, string>> {
  const typed = trimmed(form);
  const told = fieldsOf(typed).map((field) => [field, troubleOf(field, typed, taken)] as const);
  return Object.fromEntries(told.filter(([, trouble]) => trouble !== undefined));
}

function troubleOf(field: TextField, form: ConnectionForm, taken: readonly string[]): string | undefined {
  const text = form[field];
  switch (field) {
    case 'name':
      if (taken.includes(text)) return `There is a connection named ${text}.`;
      return NAME.test(text) ? undefined : '1 to 40 lower-case letters, digits, dashes or underscores.';
    case 'tenant':
      if (text === '' && (form.way === 'azure_cli' || form.way === 'managed_identity')) return undefined;
      return GUID.test(text) || DOMAIN.test(text) ? undefined : 'The tenant’s id, such as 8-4-4-4-12 hexadecimal digits, or one of its domains.';
    case 'client':
      if (text === '' && form.way === 'managed_identity') return undefined;
      return GUID.test(text) ? undefined : 'The Application (client) id: 8-4-4-4-12 hexadecimal digits.';
    case 'secret':
      return text === '' && form.way === 'client_secret' ? 'The value of a client secret.' : undefined;
    case 'certificate':
      return text === '' ? 'The path of a PEM or PFX file.' : undefined;
    case 'smtp':
      return HOST.test(text) ? undefined : 'A host, such as smtp.office365.com or smtp.office365.com:587.';
    default:
      return ORIGIN.test(text) ? undefined : 'An https address without a path.';
  }
}

/** Said beside the secret, without standing in the way. */
export function secretDoubt({ way, secret }: ConnectionForm): string | undefined {
  return way === 'client_secret' && GUID.test(secret.trim()) ? 'This looks like the secret’s id. The value stands beside it and is shown only when the secret is made.' : undefined;
}

/** Spaces from copying are cut; a secret has none at its ends. */
export function trimmed(form: ConnectionForm): ConnectionForm {
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])) as unknown as ConnectionForm;
}

/** What the core is asked; fields that the way does not ask for are left out. */
export function requestOf(form: ConnectionForm): AccountConnect {
  const typed = trimmed(form);
  const asked = new Set(fieldsOf(typed));
  const text = (field: TextField) => (asked.has(field) ? typed[field] : '');
  const { authority, arm, graph, logs, smtp } = typed;
  return {
    name: typed.name,
    tenant: text('tenant'),
    client: text('client'),
    cloud: typed.cloud,
    custom: typed.cloud === 'custom' ? { authority, arm, graph, logs, smtp } : null,
    way: typed.way,
    secret: text('secret') || null,
    certificate: text('certificate') || null,
    keep: typed.keep && typed.cloud !== 'demo',
  };
}
