// Severity: a shape, a word and a colour from one table. `critical` exists for checks only.
import type { ReactNode } from 'react';
import css from './marks.module.css';

export type SeverityLevel = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'other';

const TABLE: Record<SeverityLevel, { word: string; shape: ReactNode }> = {
  critical: { word: 'Critical', shape: <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="0.5" /> },
  high: { word: 'High', shape: <path d="M6 1 11.5 10.8H.5z" /> },
  medium: { word: 'Medium', shape: <path d="M6 .5 11.5 6 6 11.5.5 6z" /> },
  low: { word: 'Low', shape: <circle cx="6" cy="6" r="4.2" /> },
  info: { word: 'Info', shape: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
  other: { word: 'Other', shape: <path d="M2 6h8" stroke="currentColor" strokeWidth="1.5" /> },
};

/** Reads either API's word; an unknown one keeps its own text beside the neutral shape. */
export function severityLevel(word: string): SeverityLevel {
  const lower = word.toLowerCase();
  if (lower === 'informational') return 'info';
  return lower in TABLE ? (lower as SeverityLevel) : 'other';
}

/** `Info`; an unknown one in its own text. */
export function severityWord(word: string): string {
  const level = severityLevel(word);
  return level === 'other' ? word : TABLE[level].word;
}

export interface SeverityMarkProps {
  severity: string;
  /** `row`: the shape carries the colour. `tag`: both on the tint, for heads. */
  as?: 'row' | 'tag';
  /** Hides the word; only where a header or label already names it. */
  markOnly?: boolean;
}

export function SeverityMark({ severity, as = 'row', markOnly = false }: SeverityMarkProps) {
  const level = severityLevel(severity);
  const { shape } = TABLE[level];
  const shown = severityWord(severity);
  const className = `${css['sev']} ${css[level]} ${as === 'tag' ? css['tag'] : ''}`;
  return (
    <span className={className}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {shape}
      </svg>
      {markOnly ? <span className="cw-sr">{shown}</span> : <bdi className="cw-cut">{shown}</bdi>}
    </span>
  );
}
