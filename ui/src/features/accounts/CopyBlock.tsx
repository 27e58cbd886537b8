// Text to copy and send or run elsewhere: titled, folded, never wider than its place.
import { CopyButton } from '../../design/EvidenceBlock';
import { visible } from '../../lib/visible';
import css from './accounts.module.css';

export function CopyBlock({ title, text, open = false }: { title: string; text: string; open?: boolean }) {
  return (
    <details className={css['copyBlock']} open={open}>
      <summary>{title}</summary>
      <div className={css['copyText']}>
        <pre tabIndex={0} aria-label={title}>
          {visible(text)}
        </pre>
        <CopyButton text={text} label={`Copy ${title}`} />
      </div>
    </details>
  );
}
