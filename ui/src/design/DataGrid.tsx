// Our accessible grid: rows are drawn by window and come by page, so 200,000 of them are never held.
// The header stays outside the window, the focused row stays mounted, and the grid is one tab stop with roving focus.
// Start reading at `DataGrid`; which key goes where is in grid-keys.ts, the header in GridHeader.tsx.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useMemo, useReducer, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { COLUMN_MIN, type Arrange } from './columns';
import css from './DataGrid.module.css';
import { moveTo } from './grid-keys';
import { GridHeader } from './GridHeader';
import { observeFrames } from './observe-frames';
import { useSingleKeys } from './single-keys';
import { Slots } from './slots';
import { visible } from '../lib/visible';

export interface Column<Row> {
  key: string;
  header: string;
  /** A CSS grid track: `66px`, `minmax(0, 1fr)`. */
  width: string;
  /** The width that a person chose instead. */
  px?: number | undefined;
  cell: (row: Row) => ReactNode;
  /** Present when the column can be sorted; the word that `onSort` receives. */
  sortKey?: string;
  align?: 'end';
  /** Hidden until it is chosen. */
  off?: boolean;
  /** The column gives way below this width of the grid, in px. */
  minGrid?: number;
  /** It stands in the two lines of an entry all the same. */
  inList?: boolean;
}

export interface Sort {
  key: string;
  descending: boolean;
}

export interface TreePlace {
  level: number;
  setSize: number;
  position: number;
  /** Undefined on a leaf. */
  expanded?: boolean | undefined;
}

export interface DataGridProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Rows in the whole result, loaded or not. */
  count: number;
  /** Undefined while its page is not here: the row is drawn as a skeleton. */
  getRow: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
  /** The window moved: rows `first` to `last` (inclusive) are wanted. */
  onRangeNeeded?: (first: number, last: number) => void;
  /** Tells when rows came that `getRow` did not know: the list alone is drawn anew. */
  watch?: (tell: () => void) => () => void;
  /** Row height in px; `heightOf` overrides it for single rows (group heads). */
  rowHeight: number;
  heightOf?: (index: number) => number;
  /** The focused row. The owner keeps it, so that a panel's previous and next move it too. */
  position: number;
  onPosition: (index: number) => void;
  /** Enter or a click. */
  onOpen?: (row: Row, index: number) => void;
  /** Escape in the list: one step back, such as closing the panel. */
  onEscape?: (() => void) | undefined;
  /** Key of the row that the panel shows. */
  activeKey?: string | undefined;
  sort?: Sort | undefined;
  onSort?: (key: string) => void;
  /** Where columns can be moved and widened. */
  arrange?: Arrange;
  /** Ticked rows; leave out where there is nothing to do with them. */
  selection?: ReadonlySet<string>;
  onSelection?: (keys: ReadonlySet<string>) => void;
  /** Ticks rows `first` to `last`, some of which are not here. */
  onSelectRange?: (first: number, last: number) => void;
  /** Ticks every row of the result. */
  onSelectAll?: () => void;
  /** A row that is a group's head: what it shows across all columns. It is neither ticked nor opened, but toggled. */
  headOf?: (row: Row) => ReactNode | undefined;
  rowTone?: (row: Row) => 'dim' | 'group' | undefined;
  /** A change of this text (filter, sort) scrolls to the top. */
  resetKey?: string;
  /** Makes the grid a treegrid. */
  treeOf?: (row: Row) => TreePlace;
  onToggle?: (row: Row, index: number) => void;
}

/** Wraps a title cell: body type, cut at the edge, bidi-isolated, hidden marks shown. */
export function TitleCell({ children, after }: { children: string; after?: ReactNode }) {
  return (
    <span className="cw-row" style={{ gap: 6 }}>
      <bdi className={`cw-cut ${css['title']}`} title={visible(children)}>
        {visible(children)}
      </bdi>
      {after}
    </span>
  );
}

/** Wraps other text: cut at the edge, bidi-isolated, hidden marks shown; a dash where there is none. */
export function TextCell({ children }: { children: string | null }) {
  if (children === null) return <span className="cw-fg3">–</span>;
  return (
    <bdi className="cw-cut" style={{ display: 'block' }} title={visible(children)}>
      {visible(children)}
    </bdi>
  );
}

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, count, position, heightOf, onRangeNeeded, watch, resetKey, treeOf } = props;
  const root = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [said, setSaid] = useState('');
  const width = useWidth(root);
  // At 400 % zoom a table no longer fits: each row becomes an entry of two lines, and the head a line of orders.
  const asList = width > 0 && width < 400;
  const columns = useMemo(() => props.columns.filter((column) => width === 0 || width >= (column.minGrid ?? 0) || (asList && column.inList)), [props.columns, width, asList]);
  const [slots] = useState(() => new Slots());
  const movedTo = useRef(0);
  const [, drawAnew] = useReducer((times: number) => times + 1, 0);
  useEffect(() => watch?.(drawAnew), [watch]);
  const rowHeight = fittingHeight(props.rowHeight, count);
  const sizeOf = useCallback((index: number) => entryHeight(heightOf?.(index) ?? rowHeight, rowHeight, asList), [heightOf, rowHeight, asList]);

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: sizeOf,
    overscan: OVERSCAN,
    observeElementOffset: observeFrames,
    // jsdom and a panel that is still opening have no size yet; twenty rows are drawn until it is known.
    initialRect: { width: 800, height: rowHeight * 20 },
    rangeExtractor: useCallback(
      (range: Range) => {
        const moved = range.startIndex - movedTo.current;
        movedTo.current = range.startIndex;
        return withFocused(withAhead(range, moved), position);
      },
      [position],
    ),
  });
  // Owners make `heightOf` anew on each render; heights themselves change with density, mode, length and filter only,
  // and where all are the same the length is known without being measured.
  const varied = heightOf === undefined ? undefined : `${count} ${resetKey}`;
  useEffect(() => virtual.measure(), [virtual, rowHeight, asList, varied]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? Math.min(count, 20) - 1;
  useEffect(() => {
    if (count > 0) onRangeNeeded?.(first, Math.min(last, count - 1));
  }, [first, last, count, onRangeNeeded]);
  useEffect(() => {
    if (resetKey !== undefined) scroll.current?.scrollTo({ top: 0 });
  }, [resetKey]);
  useEffect(() => {
    if (count > position) virtual.scrollToIndex(position, { align: 'auto' });
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    root.current?.querySelector<HTMLElement>(`[data-index="${position}"]`)?.focus({ preventScroll: true });
  }, [virtual, position, count]);

  const pageRows = Math.max(1, last - first - 1);
  const onKeyDown = useGridKeys(props, pageRows, () => (wantsFocus.current = true));
  const ticks = props.selection !== undefined;
  // Set once on the grid, read by every row: a wider column costs no row a new drawing.
  const style = { '--cols': tracks(columns, ticks) } as CSSProperties;
  const header = useMemo(() => {
    const draw = (key: string, px: number | undefined) => root.current?.style.setProperty('--cols', tracks(columns.map((one) => (one.key === key ? { ...one, px } : one)), ticks));
    return <GridHeader columns={columns} props={props} onDraw={draw} onSaid={setSaid} />;
  }, [columns, props, ticks]);
  const items = virtual.getVirtualItems();
  const places = slots.place(items.map(({ index }) => index), position);
  return (
    <>
      <div
        ref={root}
        className={`${css['grid']} ${asList ? css['list'] : ''}`}
        role={treeOf ? 'treegrid' : 'grid'}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + (props.selection ? 1 : 0)}
        aria-multiselectable={props.selection ? true : undefined}
        style={style}
        onKeyDown={onKeyDown}
        tabIndex={-1}
      >
        {header}
        <div ref={scroll} className={css['scroll']} role="presentation" data-grid-body="">
          <div className={css['window']} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start, size }, at) => (
              <MemoRow key={places[at]} index={index} row={props.getRow(index)} start={start} size={size} props={props as DataGridProps<unknown>} columns={columns as readonly Column<unknown>[]} />
            ))}
          </div>
        </div>
      </div>
      {props.arrange ? (
        <span role="status" className="cw-sr">
          {said}
        </span>
      ) : null}
    </>
  );
}

interface GridRowProps<Row> {
  index: number;
  /** Undefined while its page is not here. */
  row: Row | undefined;
  start: number;
  size: number;
  props: DataGridProps<Row>;
  columns: readonly Column<Row>[];
}

/** While the list scrolls, a row that stays in it is not drawn anew. */
const MemoRow = memo(GridRow<unknown>);

function GridRow<Row>({ index, row, start, size, props, columns }: GridRowProps<Row>) {
  const key = row === undefined ? undefined : props.keyOf(row);
  const tone = row === undefined ? 'loading' : props.rowTone?.(row);
  const place = row === undefined ? undefined : props.treeOf?.(row);
  const active = key !== undefined && key === props.activeKey;
  const head = row === undefined ? undefined : props.headOf?.(row);
  const ticked = key !== undefined && (props.selection?.has(key) ?? false);
  const open = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest('button, a, input')) return;
    if (row !== undefined && head !== undefined) {
      props.onPosition(index);
      return props.onToggle?.(row, index);
    }
    if (event.shiftKey && props.selection) {
      stretch(props, props.position, index);
      return props.onPosition(index);
    }
    props.onPosition(index);
    if (row !== undefined) props.onOpen?.(row, index);
  };
  const classes = [css['item'], css['row'], tone && css[tone], active && css['active'], ticked && !active && css['checked']];
  return (
    // Keys are handled once, by the grid around it.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={head !== undefined ? undefined : props.selection ? ticked : active}
      aria-current={active ? 'true' : undefined}
      aria-busy={row === undefined || undefined}
      aria-level={place?.level}
      aria-setsize={place?.setSize}
      aria-posinset={place?.position}
      aria-expanded={place?.expanded}
      tabIndex={index === props.position ? 0 : -1}
      className={classes.filter(Boolean).join(' ')}
      style={{ height: size, transform: `translateY(${start}px)` }}
      onClick={open}
    >
      {head === undefined ? null : (
        <span role="gridcell" aria-colspan={columns.length + (props.selection ? 1 : 0)} className={css['span']}>
          {head}
        </span>
      )}
      {props.selection && head === undefined ? (
        <span role="gridcell" className={css['check']}>
          {key === undefined ? null : <Tick ticked={ticked} index={index} onTick={(shift) => tick(props, index, key, shift)} />}
        </span>
      ) : null}
      {(head === undefined ? columns : []).map((column) => (
        <span key={column.key} role="gridcell" className={`${column.align ? css['end'] : ''} ${flexes(column) ? css['main'] : ''}`}>
          {row === undefined ? <span className={css['skeleton']} /> : column.cell(row)}
        </span>
      ))}
    </div>
  );
}

function Tick({ ticked, index, onTick }: { ticked: boolean; index: number; onTick: (shift: boolean) => void }) {
  return <input type="checkbox" tabIndex={-1} aria-label={`Select row ${index + 1}`} checked={ticked} onChange={(event) => onTick((event.nativeEvent as unknown as { shiftKey?: boolean }).shiftKey === true)} />;
}

function useGridKeys<Row>(props: DataGridProps<Row>, pageRows: number, focusNext: () => void) {
  const letters = useSingleKeys();
  return (event: KeyboardEvent<HTMLDivElement>) => {
    // The header's buttons and a row's own links keep their keys.
    if (!(event.target as HTMLElement).matches('[role=row], [data-grid-body], [role=grid], [role=treegrid]')) return;
    const { position, count, getRow, keyOf } = props;
    const row = getRow(position);
    const to = moveTo(event, position, count, pageRows, letters);
    if (to !== undefined) {
      event.preventDefault();
      focusNext();
      if (event.shiftKey && props.selection) stretch(props, position, to);
      return props.onPosition(to);
    }
    if (event.key === 'Escape' && props.onEscape) {
      event.preventDefault();
      return props.onEscape();
    }
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && props.onSelectAll) {
      event.preventDefault();
      return props.onSelectAll();
    }
    if (row === undefined) return;
    if ((event.key === 'Enter' || event.key === ' ') && props.headOf?.(row) !== undefined) {
      event.preventDefault();
      return props.onToggle?.(row, position);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      return props.onOpen?.(row, position);
    }
    if (event.key === ' ' && props.selection) {
      event.preventDefault();
      return props.onSelection?.(toggled(props.selection, keyOf(row)));
    }
    if (props.treeOf) treeKey(event, props, row, focusNext);
  };
}

/** Right opens, left closes, left on a closed row goes to its parent. */
function treeKey<Row>(event: KeyboardEvent, props: DataGridProps<Row>, row: Row, focusNext: () => void) {
  const place = props.treeOf?.(row);
  if (!place || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
  event.preventDefault();
  const opens = event.key === 'ArrowRight';
  if (place.expanded !== undefined && place.expanded !== opens) return props.onToggle?.(row, props.position);
  if (opens) return;
  for (let at = props.position - 1; at >= 0; at -= 1) {
    const above = props.getRow(at);
    const level = above === undefined ? undefined : props.treeOf?.(above).level;
    if (level !== undefined && level < place.level) {
      focusNext();
      return props.onPosition(at);
    }
  }
}

function toggled(keys: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** One tick, or with Shift every row from the focused one to here. */
function tick<Row>(props: DataGridProps<Row>, index: number, key: string, shift: boolean) {
  if (shift) stretch(props, props.position, index);
  else props.onSelection?.(toggled(props.selection, key));
  props.onPosition(index);
}

/** Ticks the rows between; those that are not here are the owner's to find. */
function stretch<Row>({ selection, getRow, keyOf, headOf, onSelection, onSelectRange }: DataGridProps<Row>, from: number, to: number) {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const next = new Set(selection);
  for (let at = first; at <= last; at += 1) {
    const row = getRow(at);
    if (row === undefined && onSelectRange) return onSelectRange(first, last);
    if (row !== undefined && headOf?.(row) === undefined) next.add(keyOf(row));
  }
  onSelection?.(next);
}

/** Height of a row: as given, or two lines in list mode; a group's head, lower than a row, keeps its own. */
function entryHeight(own: number, rowHeight: number, asList: boolean): number {
  return asList && own >= rowHeight ? 60 : own;
}

/** Browsers draw no element taller than about 33.5 million px: beyond 800,000 rows they come closer, down to the dense height. */
export function fittingHeight(wanted: number, count: number): number {
  return Math.max(Math.min(wanted, 28), Math.min(wanted, Math.floor(33_000_000 / Math.max(1, count))));
}

/** Rows drawn beyond those in sight, on each side. */
const OVERSCAN = 6;
/** As many more on the side that a scroll leads to, unless it is so fast that the next window lies behind them. */
const AHEAD = 12;

/** The window's rows and, where it has just moved by so many, some more on that side: what is seen before the next drawing. */
function withAhead(range: Range, moved: number): number[] {
  const more = Math.abs(moved) > AHEAD + OVERSCAN ? 0 : AHEAD;
  const startIndex = moved < 0 ? Math.max(0, range.startIndex - more) : range.startIndex;
  const endIndex = moved > 0 ? Math.min(range.count - 1, range.endIndex + more) : range.endIndex;
  return defaultRangeExtractor({ ...range, startIndex, endIndex });
}

function withFocused(shown: number[], position: number): number[] {
  if (shown.length === 0 || shown.includes(position) || position < 0) return shown;
  return [...shown, position].sort((a, b) => a - b);
}

function tracks<Row>(columns: readonly Column<Row>[], ticks: boolean): string {
  return [...(ticks ? ['16px'] : []), ...columns.map(track)].join(' ');
}

/** A chosen width gives way where there is no room for it; a title gives way least. */
function track<Row>(column: Column<Row>): string {
  if (column.px === undefined) return column.width;
  return `minmax(${Math.min(column.px, flexes(column) ? 120 : COLUMN_MIN)}px, ${column.px}px)`;
}

function flexes<Row>({ width }: Column<Row>): boolean {
  return width.startsWith('minmax');
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [element]);
  return width;
}


