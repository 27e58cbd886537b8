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

const DAY = 86_400_000;
/** A month that begins later than this has no room for its name before the line ends. */
const LAST_NAMED = YEAR_DAYS - 20;

/** The first of each month on the line; January with its year. */
export function monthsOf(now: string): readonly { at: string; words: string }[] {
  const from = new Date(now);
  const firsts = Array.from({ length: 12 }, (_, ahead) => new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead + 1, 1)));
  const days = (first: Date) => (first.getTime() - from.getTime()) / DAY;
  return firsts.filter((first) => days(first) <= LAST_NAMED).map((first) => ({ at: place(days(first)), words: monthWords(first) }));
}

function monthWords(first: Date): string {
  const year = first.getUTCMonth() === 0 ? ({ year: 'numeric' } as const) : {};
  return first.toLocaleDateString('en-GB', { month: 'short', ...year, timeZone: 'UTC' });
}

export function wordsOf(row: Pick<ExpiryRow, 'ends' | 'days' | 'ours'>): string {
  if (row.days === null || row.ends === null) return 'end not known';
  const date = new Date(row.ends).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const left = row.days < 0 ? 'ended' : row.days === 0 ? 'ends today' : `${row.days.toLocaleString('en')} ${row.days === 1 ? 'day' : 'days'}`;
  return `${date}, ${left}${row.ours ? ', in use here' : ''}`;
}
