// Words and choices of the accounts screen. Pure.
import type { AccountEdit, AccountRow, CloudName, SessionKind } from '../../contract/rpc.gen';
import { TIER_WORDS } from './permissions';
import { WAYS } from './connection';

export const CLOUD_WORDS: Record<CloudName, string> = {
  public: 'Public and GCC',
  gcc_high: 'GCC High',
  dod: 'DoD',
  custom: 'Custom',
  china: 'China (21Vianet)',
  demo: 'Demo tenant, on this PC',
};

const KINDS: Partial<Record<SessionKind, string>> = { demo: 'Demo', sandbox: 'Sandbox on this PC' };

/** `Certificate. Respond and Mail`. */
export function accountWords(account: AccountRow): string {
  const what = [KINDS[account.kind], WAYS[account.way].words].filter(Boolean).join(', ');
  return `${what}. ${TIER_WORDS[account.tier]}${account.mail ? ' and Mail' : ''}`;
}

/** The account that is shown: the one named in the address, else the open one, else the first. */
export function shownOf(accounts: readonly AccountRow[], name: string | undefined): AccountRow | undefined {
  return accounts.find((account) => account.name === name) ?? accounts.find((account) => account.open) ?? accounts[0];
}

/** Removing wipes: the name is typed as it stands, letter by letter. */
export function mayRemove(name: string, typed: string): boolean {
  return typed === name;
}

/** An edit of some members; the others stay as they are. */
export function change(account: Pick<AccountRow, 'name'>, part: Partial<AccountEdit>): AccountEdit {
  return { name: account.name, title: null, colour: null, production: null, tier: null, mail: null, primary: null, secret_ends: null, ...part };
}

/** `3f1c0a52-…` stays readable in one line; domains stay whole. */
export function shortId(id: string): string {
  return /^[0-9a-f-]{36}$/iu.test(id) ? `${id.slice(0, 4)}…${id.slice(-4)}` : id;
}
