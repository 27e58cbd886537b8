// A document as numbered lines for the evidence block, cut where a hostile or huge text would stall the window.
// What is cut is said in the text, and copying gives the whole.
import type { EvidenceLine } from './EvidenceBlock';

const MOST_LINES = 1500;
const LONGEST = 2000;

export function linesOf(text: string): EvidenceLine[] {
  const all = text.split('\n');
  const lines = all.slice(0, MOST_LINES).map((line, at) => ({ number: at + 1, text: cutText(line, LONGEST) }));
  if (all.length > MOST_LINES) lines.push({ number: MOST_LINES + 1, text: `… ${(all.length - MOST_LINES).toLocaleString('en')} more lines; copy gives them all` });
  return lines;
}

/** At most `most` characters, with the rest counted. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… ${(text.length - most).toLocaleString('en')} more characters`;
}
