// Times as the app shows them: short in grids, whole in evidence, always with the zone they are in.

export type Zone = 'utc' | 'local';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function partsOf(date: Date, zone: Zone): Parts {
  return zone === 'utc'
    ? { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() }
    : { year: date.getFullYear(), month: date.getMonth(), day: date.getDate(), hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() };
}

function parse(text: string | null | undefined): Date | undefined {
  const date = text ? new Date(text) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

/** `09:42`. */
export function clockTime(text: string | null | undefined, zone: Zone): string {
  const date = parse(text);
  if (!date) return '–';
  const { hour, minute } = partsOf(date, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** `09:42:08`. */
export function clockSeconds(text: string | null | undefined, zone: Zone): string {
  const date = parse(text);
  return date ? `${clockTime(text, zone)}:${two(partsOf(date, zone).second)}` : '–';
}

/** `09:42` on the day of `now`, else `23 Nov`, with the year where it is another: for narrow columns. */
export function shortTime(text: string | null | undefined, now: string | null | undefined, zone: Zone): string {
  const date = parse(text);
  if (!date) return '–';
  const at = partsOf(date, zone);
  const today = partsOf(parse(now) ?? new Date(), zone);
  if (at.year === today.year && at.month === today.month && at.day === today.day) return `${two(at.hour)}:${two(at.minute)}`;
  const day = `${at.day} ${MONTHS[at.month]}`;
  return at.year === today.year ? day : `${day} ${at.year}`;
}

/** `24 Nov 2026 09:42:08 UTC`. */
export function fullTime(text: string | null | undefined, zone: Zone): string {
  const date = parse(text);
  if (!date) return '–';
  const { year, month, day, hour, minute, second } = partsOf(date, zone);
  return `${day} ${MONTHS[month]} ${year} ${two(hour)}:${two(minute)}:${two(second)}${zone === 'utc' ? ' UTC' : ''}`;
}

/** `Wednesday, 31 March 2027` of an ISO date. */
export function dayInWords(isoDate: string): string {
  const date = parse(isoDate);
  return date ? date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }) : isoDate;
}

/** How long ago: `now`, `6 min`, `3 h`, `2 d`. */
export function ageOf(text: string | null | undefined, now: number): string {
  const date = parse(text);
  if (!date) return 'never';
  const minutes = Math.max(0, Math.floor((now - date.getTime()) / 60_000));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** Seconds left of a job: `12 s`, `1 min 10 s`, `2 h 5 min`. */
export function secondsInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
