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

/** The core marks a redaction as `⟦kind, n characters⟧` or `⟦kind⟧`; everything else stays text. */
export function RedactedText({ text }: { text: string }) {
  const parts = text.split(/(⟦[^⟦⟧]{1,60}⟧)/u);
  return <>{parts.map((part, at) => (part.startsWith('⟦') && part.endsWith('⟧') ? <Redacted key={at} kind={part.slice(1, -1)} /> : part))}</>;
}
