// One colour per tenant, by its name: the band, the swatch. Never a state.
import type { CSSProperties } from 'react';

export function tenantColour(name: string | undefined): CSSProperties {
  if (name === undefined) return { '--tenant': 'var(--cw-tenant-6)' } as CSSProperties;
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return { '--tenant': `var(--cw-tenant-${(sum % 5) + 1})` } as CSSProperties;
}
