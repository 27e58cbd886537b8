// The six verdicts: glyph, word, colour and pill shape from one table. "Could not run" is never a pass.
import type { ReactNode } from 'react';
import css from './marks.module.css';

export const VERDICTS = ['fail', 'review', 'could_not_run', 'pass', 'waived', 'not_applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_WORDS: Record<Verdict, string> = {
  pass: 'Pass',
  fail: 'Fail',
  review: 'Review',
  could_not_run: 'Could not run',
  not_applicable: 'Not applicable',
  waived: 'Waived',
};

const GLYPHS: Record<Verdict, ReactNode> = {
  pass: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path d="m4.9 8.3 2.1 2.1 4.1-4.5" className={css['knock']} />
    </>
  ),
  fail: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3" />
      <path d="m5.3 5.3 5.4 5.4M10.7 5.3l-5.4 5.4" className={css['knock']} />
    </>
  ),
  review: (
    <>
      <circle cx="8" cy="8" r="6.2" className={css['line']} />
      <path d="M6.2 6.3A1.8 1.8 0 1 1 8.9 7.9c-.6.3-.9.7-.9 1.2M8 11.1v.1" className={css['line']} />
    </>
  ),
  could_not_run: (
    <path
      d="M3.8 1.8h8.4M3.8 14.2h8.4M4.8 1.8v2C4.8 6 8 6.4 8 8s-3.2 2.2-3.2 4.2v2M11.2 1.8v2C11.2 6 8 6.4 8 8s3.2 2.2 3.2 4.2v2"
      className={css['line']}
    />
  ),
  not_applicable: <path d="M4 8h8" className={css['line']} />,
  waived: (
    <>
      <circle cx="8" cy="8" r="6.2" className={css['line']} />
      <path d="m3.7 12.3 8.6-8.6" className={css['line']} />
    </>
  ),
};

export interface VerdictProps {
  verdict: Verdict;
  /** `pill` for heads, `row` = glyph and plain word, `mark` = glyph with the word for screen readers only. */
  as?: 'pill' | 'row' | 'mark';
}

export function VerdictPill({ verdict, as = 'pill' }: VerdictProps) {
  const word = VERDICT_WORDS[verdict];
  return (
    <span className={`${css['ver']} ${css[verdict]} ${as === 'pill' ? css['pill'] : ''}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {GLYPHS[verdict]}
      </svg>
      <span className={as === 'mark' ? 'cw-sr' : as === 'row' ? css['plain'] : undefined}>{word}</span>
    </span>
  );
}
