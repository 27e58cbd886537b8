// The line at the foot: data age, sources, a running job, requests, store, time zone. Always true, never in the way.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';
import css from './StatusBar.module.css';

export function StatusBar({ start, end }: { start: ReactNode; end: ReactNode }) {
  return (
    <footer className={css['bar']} data-region="status" tabIndex={-1} aria-label="Status">
      {start}
      <span className={css['space']} />
      {end}
    </footer>
  );
}

export interface StatusCellProps {
  icon?: IconName;
  dot?: 'ok' | 'old';
  tone?: 'warn' | 'danger';
  title?: string | undefined;
  onClick?: () => void;
  className?: string;
  children: ReactNode;
}

export function StatusCell({ icon, dot, tone, title, onClick, className, children }: StatusCellProps) {
  const classes = `${css['cell']} ${tone ? css[tone] : ''} ${className ?? ''}`;
  const inside = (
    <>
      {dot ? <span className={`${css['dot']} ${css[dot]}`} /> : null}
      {icon ? <Icon name={icon} size={14} /> : null}
      {children}
    </>
  );
  if (!onClick)
    return (
      <span className={classes} title={title}>
        {inside}
      </span>
    );
  return (
    <button type="button" className={classes} title={title} onClick={onClick}>
      {inside}
    </button>
  );
}

/** How far a job is; without a total it only shows that it runs. */
export function Meter({ done, total, label }: { done: number; total: number | null; label: string }) {
  const share = total === null || total === 0 ? undefined : Math.min(100, Math.round((done / total) * 100));
  return (
    <span className={css['meter']} role="progressbar" aria-label={label} aria-valuenow={share} aria-valuemin={0} aria-valuemax={100}>
      {share === undefined ? <i className={css['unknown']} /> : <i style={{ width: `${share}%` }} />}
    </span>
  );
}
