// Chips: a toggle with its count, or a filter in force with a way to clear it. Counts come from the store.
import type { ReactNode } from 'react';
import css from './controls.module.css';
import { Icon, type IconName } from './icons';

export interface ToggleChipProps {
  label: string;
  count?: number | undefined;
  icon?: IconName;
  pressed: boolean;
  onToggle: () => void;
}

/** A filter that is on or off. */
export function ToggleChip({ label, count, icon, pressed, onToggle }: ToggleChipProps) {
  return (
    <button type="button" className={`${css['chip']} ${pressed ? css['on'] : ''}`} aria-pressed={pressed} onClick={onToggle}>
      {icon ? <Icon name={icon} size={14} /> : null}
      {label}
      {count === undefined ? null : <span className={css['count']}>{count.toLocaleString('en')}</span>}
    </button>
  );
}

export interface FilterChipProps {
  name: string;
  value: ReactNode;
  /** The whole filter in words, for the clear button. */
  words: string;
  onClear: () => void;
}

/** A filter in force: name, value and a clear button of 24 x 24. */
export function FilterChip({ name, value, words, onClear }: FilterChipProps) {
  return (
    <span className={`${css['chip']} ${css['removable']}`}>
      <span className={css['key']}>{name}</span>
      <bdi className="cw-cut">{value}</bdi>
      <button type="button" className={css['clear']} aria-label={`Clear filter ${words}`} onClick={onClear}>
        <Icon name="close" size={10} />
      </button>
    </span>
  );
}

/** A label that only names: production, DEMO, a workspace. */
export function Label({ children }: { children: ReactNode }) {
  return (
    <span className={css['label']}>
      <bdi className="cw-cut">{children}</bdi>
    </span>
  );
}

/** Work waiting, in the rail. `hot` = something is broken. */
export function CountBadge({ count, hot = false, words }: { count: number; hot?: boolean; words: string }) {
  return (
    <span className={`${css['badge']} ${hot ? css['hot'] : ''}`}>
      <span aria-hidden="true">{count.toLocaleString('en')}</span>
      <span className="cw-sr">{words}</span>
    </span>
  );
}

/** Keys as they are pressed: `Ctrl`, `K`. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={css['kbds']}>
      {keys.map((key) => (
        <kbd key={key} className={css['kbd']}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
