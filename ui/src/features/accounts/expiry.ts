// Where an end lies on the line of a year, and how urgent it is. Pure.
import type { ExpiryRow } from '../../contract/rpc.gen';

export const YEAR_DAYS = 365;

export type Tone = 'late' | 'soon' | 'later';

/** Told of at 30, 7 and 1 days: within a week is red, within a month amber. */
export function toneOf(days: number | null): Tone {
  if (days === null || days > 30) return 'later';
  return days > 7 ? 'soon' : 'late';
}

/** From today at the start to a year ahead; what lies beyond or has passed stands at the ends. */
export function place(days: number): string {
  return `${(Math.min(Math.max(days, 0), YEAR_DAYS) / YEAR_DAYS) * 100}%`;
}

export function wordsOf(row: Pick<ExpiryRow, 'ends' | 'days' | 'ours'>): string {
  if (row.days === null || row.ends === null) return 'end not known';
  const date = new Date(row.ends).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const left = row.days < 0 ? 'ended' : row.days === 0 ? 'ends today' : `${row.days.toLocaleString('en')} ${row.days === 1 ? 'day' : 'days'}`;
  return `${date}, ${left}${row.ours ? ', in use here' : ''}`;
}
