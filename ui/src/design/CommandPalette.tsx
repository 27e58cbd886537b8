// One field that leads everywhere: a combobox over a listbox, grouped; a prefix narrows it to one kind.
// It knows neither routes nor queries: the app gives it entries and takes what was chosen.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Keys, ToggleChip } from './Chip';
import css from './CommandPalette.module.css';
import { visible } from '../lib/visible';
import { Icon, type IconName } from './icons';

export interface PaletteEntry {
  key: string;
  /** Group head: `Commands`, `Screens`, `Incidents`. */
  group: string;
  icon: IconName;
  title: string;
  note?: string | undefined;
  keys?: readonly string[] | undefined;
  run: () => void;
}

export interface PaletteScope {
  prefix: string;
  name: string;
}

export interface CommandPaletteProps {
  scopes: readonly PaletteScope[];
  /** Entries for what is typed, best first; called on every change, so answers that take time arrive by re-render. */
  entriesFor: (scope: PaletteScope | undefined, words: string) => readonly PaletteEntry[];
  placeholder: string;
  onTyped?: (text: string) => void;
  onClose: () => void;
}

export function CommandPalette({ scopes, entriesFor, placeholder, onTyped, onClose }: CommandPaletteProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // Asked while rendering: once mounted, the field itself has the focus.
  const [before] = useState(() => document.activeElement);
  const listId = useId();
  const scope = scopes.find((one) => text.startsWith(one.prefix));
  const words = (scope ? text.slice(scope.prefix.length) : text).trim();
  const entries = entriesFor(scope, words);
  const current = Math.min(at, entries.length - 1);

  useEffect(() => {
    field.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, [before]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);

  const type = (next: string) => {
    setText(next);
    setAt(0);
    onTyped?.(next);
  };
  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => setAt((current + 1) % Math.max(1, entries.length)),
      ArrowUp: () => setAt((current + entries.length - 1) % Math.max(1, entries.length)),
      Enter: () => choose(entries[current]),
      Escape: onClose,
      Tab: () => type(nextPrefix(scopes, scope) + words),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  return (
    // The scrim closes on a press beside the box; the keyboard has Escape.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={css['scrim']} onMouseDown={(event) => (event.target === event.currentTarget ? onClose() : undefined)}>
      <div className={css['box']} role="dialog" aria-modal="true" aria-label="Command palette" onKeyDown={onKeyDown}>
        <div className={css['input']}>
          <Icon name="search" size={18} />
          <input
            ref={field}
            role="combobox"
            aria-label="Command, incident, check or screen"
            aria-expanded={entries.length > 0}
            aria-controls={listId}
            aria-activedescendant={entries.length > 0 ? `${listId}-${current}` : undefined}
            aria-autocomplete="list"
            spellCheck={false}
            placeholder={placeholder}
            value={text}
            onChange={(event) => type(event.currentTarget.value)}
          />
          <span role="status">{entries.length === 1 ? '1 result' : `${entries.length} results`}</span>
        </div>
        <div className={css['scopes']}>
          <ToggleChip label="All" pressed={scope === undefined} onToggle={() => type(words)} />
          {scopes.map((one) => (
            <ToggleChip key={one.prefix} label={`${one.prefix} ${one.name}`} pressed={one === scope} onToggle={() => type(one.prefix + words)} />
          ))}
        </div>
        <div ref={list} id={listId} className={css['list']} role="listbox" aria-label="Results">
          {entries.map((entry, index) => (
            <Option key={entry.key} id={`${listId}-${index}`} entry={entry} head={entries[index - 1]?.group !== entry.group} words={words} selected={index === current} onChoose={() => choose(entry)} />
          ))}
        </div>
        {entries.length === 0 ? <p className={css['none']}>Nothing matches. A prefix narrows: {scopes.map((one) => `${one.prefix} ${one.name.toLowerCase()}`).join(', ')}.</p> : null}
        <div className={css['foot']}>
          <span>
            <Keys keys={['↑', '↓']} /> move
          </span>
          <span>
            <Keys keys={['Enter']} /> run
          </span>
          <span>
            <Keys keys={['Tab']} /> scope
          </span>
          <span className="cw-end">
            <Keys keys={['Esc']} /> close
          </span>
        </div>
      </div>
    </div>
  );
}

function nextPrefix(scopes: readonly PaletteScope[], scope: PaletteScope | undefined): string {
  return scopes[scope === undefined ? 0 : scopes.indexOf(scope) + 1]?.prefix ?? '';
}

function Option({ id, entry, head, words, selected, onChoose }: { id: string; entry: PaletteEntry; head: boolean; words: string; selected: boolean; onChoose: () => void }) {
  return (
    <>
      {head ? (
        <div className={css['group']} role="presentation">
          {entry.group}
        </div>
      ) : null}
      {/* The combobox holds the focus and handles the keys. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div id={id} className={css['option']} role="option" aria-selected={selected} onClick={onChoose}>
        <Icon name={entry.icon} />
        <bdi className="cw-cut">
          <Marked text={visible(entry.title)} words={words} />
        </bdi>
        {entry.note ? <bdi className={`cw-cut ${css['note']}`}>{entry.note}</bdi> : null}
        {entry.keys ? <Keys keys={entry.keys} /> : null}
      </div>
    </>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  const at = words === '' ? -1 : text.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + words.length)}</mark>
      {text.slice(at + words.length)}
    </>
  );
}
