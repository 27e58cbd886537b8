// A secret's place: a hatched box that names the kind and, where that is safe, the length. Never a value to copy.
import css from './controls.module.css';

export interface RedactedProps {
  /** `Bearer`, `password`, `user`. */
  kind: string;
  /** Length in characters; leave out for a password. */
  length?: number | undefined;
}

export function Redacted({ kind, length }: RedactedProps) {
  return <span className={css['redacted']}>{length === undefined ? kind : `${kind}, ${length.toLocaleString('en')} characters`}</span>;
}

const MARK = /([‹⟦][^‹›⟦⟧]{1,80}[›⟧])/u;

/** The core marks a redaction as `‹kind, n characters›` or `‹kind›` (or within `⟦⟧`); everything else stays text. */
export function RedactedText({ text }: { text: string }) {
  const parts = text.split(MARK);
  return <>{parts.map((part, at) => (at % 2 === 1 ? <Redacted key={at} kind={part.slice(1, -1)} /> : part))}</>;
}
