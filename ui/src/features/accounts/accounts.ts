// Words and choices of the accounts screen. Pure.
import type { AccountRow, SessionKind } from '../../contract/rpc.gen';

export const KIND_WORDS: Record<SessionKind, string> = {
  none: 'Nothing',
  demo: 'Demo tenant, on this PC',
  sandbox: 'Sandbox connection, loopback only',
  tenant: 'Client secret. Look & check',
  files: 'Files',
};

/** The account that is shown: the one named in the address, else the open one, else the first. */
export function shownOf(accounts: readonly AccountRow[], name: string | undefined): AccountRow | undefined {
  return accounts.find((account) => account.name === name) ?? accounts.find((account) => account.open) ?? accounts[0];
}

/** Removing wipes: the name is typed as it stands, letter by letter. */
export function mayRemove(name: string, typed: string): boolean {
  return typed === name;
}

/** `3f1c0a52-…` stays readable in one line; domains stay whole. */
export function shortId(id: string): string {
  return /^[0-9a-f-]{36}$/iu.test(id) ? `${id.slice(0, 4)}…${id.slice(-4)}` : id;
}
