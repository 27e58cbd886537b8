// Words of tiers and of what the doctor says. Pure.
import type { Doctor, GrantKind, GrantState, Tier, Unlock } from '../../contract/rpc.gen';
import type { Verdict } from '../../design/VerdictPill';

export const TIERS: readonly { tier: Tier; words: string; note: string }[] = [
  { tier: 'look', words: 'Look and check', note: 'Reads incidents, rules and logs.' },
  { tier: 'respond', words: 'Respond', note: 'Asks for the rights to edit incidents too.' },
  { tier: 'fix', words: 'Fix', note: 'Asks for the rights to edit rules too.' },
];

export const TIER_WORDS = Object.fromEntries(TIERS.map(({ tier, words }) => [tier, words])) as Record<Tier, string>;

export const GRANTS: Record<GrantState, { words: string; mark: Verdict }> = {
  granted: { words: 'Granted', mark: 'pass' },
  missing: { words: 'Missing', mark: 'fail' },
  too_wide: { words: 'Too wide', mark: 'review' },
  not_needed: { words: 'Not needed', mark: 'not_applicable' },
  unknown: { words: 'Can’t be seen', mark: 'could_not_run' },
};

export const GRANT_KINDS: Record<GrantKind, string> = { azure_role: 'Azure', graph: 'Graph', exchange: 'Exchange' };

/** `Microsoft Sentinel Reader on rg-soc lets 7 of the 9 checks run that could not.` */
export function unlockWords(unlock: Unlock, doctor: Pick<Doctor, 'blocked'>): string {
  const blocked = doctor.blocked.length;
  return `\`${unlock.permission}\` on \`${unlock.scope}\` lets ${unlock.checks.length} of the ${blocked} ${blocked === 1 ? 'check' : 'checks'} run that can’t.`;
}

/** How often a permission was needed; null where requests are not told apart by it. */
export function usedWords(used: number | null): string | undefined {
  if (used === null) return undefined;
  return used === 0 ? 'no request yet' : `${used.toLocaleString('en')} ${used === 1 ? 'request' : 'requests'}`;
}

/** The worst word for an account in the list. */
export function doctorWords(doctor: Doctor | undefined): { words: string; mark: Verdict } | undefined {
  if (doctor?.asked_at == null) return undefined;
  const missing = doctor.rows.filter((row) => row.state === 'missing').length;
  if (missing > 0) return { words: `${missing} missing`, mark: 'fail' };
  const wide = doctor.rows.filter((row) => row.state === 'too_wide').length;
  return wide > 0 ? { words: `${wide} too wide`, mark: 'review' } : { words: 'Pass', mark: 'pass' };
}
