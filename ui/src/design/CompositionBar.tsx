// How verdicts share a whole, in one fixed order. Hatched is what could not run: it never reads as a pass.
import css from './CompositionBar.module.css';
import { VERDICTS, VERDICT_WORDS, VerdictPill, type Verdict } from './VerdictPill';

export type VerdictCounts = Partial<Record<Verdict, number>>;

export function verdictWords(counts: VerdictCounts): string {
  const parts = VERDICTS.filter((verdict) => (counts[verdict] ?? 0) > 0).map((verdict) => `${counts[verdict]} ${VERDICT_WORDS[verdict].toLowerCase()}`);
  return parts.length === 0 ? 'nothing ran' : parts.join(', ');
}

export function CompositionBar({ counts, width }: { counts: VerdictCounts; width?: number }) {
  return (
    <div className={css['bar']} role="img" aria-label={verdictWords(counts)} style={width === undefined ? undefined : { width }}>
      {VERDICTS.map((verdict) => {
        const count = counts[verdict] ?? 0;
        return count > 0 ? <i key={verdict} className={css[verdict]} style={{ flex: count }} /> : null;
      })}
    </div>
  );
}

/** The same counts in words and figures, to stand beside the bar. */
export function CompositionNumbers({ counts }: { counts: VerdictCounts }) {
  return (
    <dl className={css['numbers']}>
      {VERDICTS.map((verdict) => (
        <div key={verdict}>
          <dt>
            <VerdictPill verdict={verdict} as="row" />
          </dt>
          <dd>{counts[verdict] ?? 0}</dd>
        </div>
      ))}
    </dl>
  );
}
