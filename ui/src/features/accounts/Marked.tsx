// A word of this screen with a verdict's mark: the word is read, the mark is seen.
import { VerdictPill, type Verdict } from '../../design/VerdictPill';
import css from './accounts.module.css';

export function Marked({ mark, words }: { mark: Verdict; words: string }) {
  return (
    <span className={css['grant']}>
      <span aria-hidden="true">
        <VerdictPill verdict={mark} as="mark" />
      </span>
      {words}
    </span>
  );
}
