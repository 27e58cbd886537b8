// The open account and its colour: the band, the swatch. Never a state.
import type { CSSProperties } from 'react';
import { useRpc } from '../contract/rpc';
import type { AccountRow } from '../contract/rpc.gen';

/** Undefined while nothing is open, or only files are. */
export function useOpenAccount(): AccountRow | undefined {
  return useRpc('account_list', {}).data?.accounts.find((account) => account.open);
}

/** `colour` is the account's own, 1 to 6. */
export function tenantColour(colour: number | undefined): CSSProperties {
  return { '--tenant': `var(--cw-tenant-${colour ?? 6})` } as CSSProperties;
}
