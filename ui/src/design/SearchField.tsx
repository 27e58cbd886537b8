// A search box with its key hint; `/` focuses it (the frame finds it by data-search), Escape empties it.
import { useEffect, useRef, useState } from 'react';
import { Keys } from './Chip';
import css from './controls.module.css';
import { Icon } from './icons';

export interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  /** Called after a short rest while typing, at once on Enter and on Escape. */
  onSearch: (value: string) => void;
  width?: number;
}

/** Rest in ms before `onSearch`: letters of one burst are one search, and nobody sees the wait. */
const REST = 20;

export function SearchField({ label, placeholder, value, onSearch, width = 260 }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  // A value from outside wins, but the echo of what was sent never eats letters typed meanwhile.
  if (seen !== value) {
    setSeen(value);
    setSent(value);
    if (value !== sent) setTyped(value);
  }
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string, delay: number) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      setSent(next);
      onSearch(next);
    }, delay);
  };
  return (
    <div className={css['search']} style={{ width }}>
      <Icon name="search" />
      <input
        type="search"
        data-search=""
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        value={typed}
        onChange={(event) => send(event.currentTarget.value, REST)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(typed, 0);
          if (event.key === 'Escape' && typed !== '') {
            event.stopPropagation();
            send('', 0);
          }
        }}
      />
      {typed === '' ? <Keys keys={['/']} /> : null}
    </div>
  );
}
