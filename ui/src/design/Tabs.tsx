// Tabs and segments: one tab stop, arrows move, Home and End go to the ends.
import type { KeyboardEvent, ReactNode } from 'react';
import css from './controls.module.css';

export interface Choice<Key extends string> {
  key: Key;
  label: ReactNode;
  count?: number | undefined;
}

function step<Key extends string>(choices: readonly Choice<Key>[], current: Key, key: string): Key | undefined {
  const at = choices.findIndex((choice) => choice.key === current);
  const last = choices.length - 1;
  const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at <= 0 ? last : at - 1, Home: 0, End: last }[key];
  return to === undefined ? undefined : choices[to]?.key;
}

function onArrow<Key extends string>(choices: readonly Choice<Key>[], current: Key, onSelect: (key: Key) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const next = step(choices, current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
  };
}

export interface TabsProps<Key extends string> {
  label: string;
  choices: readonly Choice<Key>[];
  selected: Key;
  onSelect: (key: Key) => void;
  /** Names the region that the tabs show; the region carries this id and role `tabpanel`. */
  panelId: string;
  size?: 'medium' | 'small';
}

export function Tabs<Key extends string>({ label, choices, selected, onSelect, panelId, size = 'medium' }: TabsProps<Key>) {
  return (
    <div
      role="tablist"
      aria-label={label}
      className={`${css['tabs']} ${size === 'small' ? css['small'] : ''}`}
      onKeyDown={onArrow(choices, selected, onSelect)}
    >
      {choices.map(({ key, label: words, count }) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`${panelId}-${key}`}
          data-key={key}
          className={css['tab']}
          aria-selected={key === selected}
          aria-controls={key === selected ? panelId : undefined}
          tabIndex={key === selected ? 0 : -1}
          onClick={() => onSelect(key)}
        >
          {words}
          {count === undefined ? null : <span className={css['n']}>{count.toLocaleString('en')}</span>}
        </button>
      ))}
    </div>
  );
}

export interface SegmentsProps<Key extends string> {
  label: string;
  choices: readonly Choice<Key>[];
  selected: Key;
  onSelect: (key: Key) => void;
}

/** A choice of one, drawn as a strip: `Map | Table`. */
export function Segments<Key extends string>({ label, choices, selected, onSelect }: SegmentsProps<Key>) {
  return (
    <div role="radiogroup" aria-label={label} className={css['segments']} onKeyDown={onArrow(choices, selected, onSelect)}>
      {choices.map(({ key, label: words }) => (
        <button
          key={key}
          type="button"
          role="radio"
          data-key={key}
          className={css['segment']}
          aria-checked={key === selected}
          tabIndex={key === selected ? 0 : -1}
          onClick={() => onSelect(key)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
