// The header of a grid: orders, ticks all, and where a person may arrange columns, takes drags, edges and keys:
// Shift with ← or → makes a column narrower or wider, Ctrl+Shift with ← or → moves it.
import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useColumnDrag } from './column-drag';
import { clampWidth, COLUMN_STEP, placeWords, widthWords, type Arrange } from './columns';
import css from './DataGrid.module.css';
import type { Column, DataGridProps } from './DataGrid';
import { Icon } from './icons';

const KEYS = 'Shift+ArrowLeft Shift+ArrowRight Control+Shift+ArrowLeft Control+Shift+ArrowRight';

interface GridHeaderProps<Row> {
  columns: readonly Column<Row>[];
  props: DataGridProps<Row>;
  /** Draws the grid with a column this wide until the edge is let go. */
  onDraw: (key: string, px: number | undefined) => void;
  /** What a screen reader is told. */
  onSaid: (words: string) => void;
}

export function GridHeader<Row>({ columns, props, onDraw, onSaid }: GridHeaderProps<Row>) {
  const { selection, arrange } = props;
  const { headProps, markOf, draggedKey } = useColumnDrag(columns, arrange, onSaid);
  return (
    <div className={css['header']} role="rowgroup">
      <div className={css['row']} role="row" aria-rowindex={1}>
        {selection ? (
          <span role="columnheader" className={css['check']}>
            {props.onSelectAll ? <TickAll ticked={selection.size} count={props.count} onAll={props.onSelectAll} onNone={() => props.onSelection?.(new Set())} /> : <span className="cw-sr">Selected</span>}
          </span>
        ) : null}
        {columns.map((column, at) => (
          <HeaderCell key={column.key} column={column} props={props} drag={headProps(column.key)} dragged={column.key === draggedKey} onKeyDown={arrange && ((event) => onSaid(arrangeByKey(event, columns, at, arrange)))}>
            {markOf(at) ? <i aria-hidden="true" className={`${css['drop']} ${css[markOf(at) ?? '']}`} /> : null}
            {arrange ? <Edge column={column} arrange={arrange} onDraw={onDraw} /> : null}
          </HeaderCell>
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  props: DataGridProps<Row>;
  drag: ReturnType<ReturnType<typeof useColumnDrag>['headProps']>;
  dragged: boolean;
  onKeyDown: ((event: KeyboardEvent<HTMLElement>) => void) | undefined;
  children: ReactNode;
}

function HeaderCell<Row>({ column, props: { sort, onSort }, drag, dragged, onKeyDown, children }: HeaderCellProps<Row>) {
  const { sortKey, header, align } = column;
  const sorted = sortKey !== undefined && sort?.key === sortKey ? sort : undefined;
  const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : sortKey ? 'none' : undefined;
  const button = sortKey !== undefined && onSort !== undefined;
  const keys = { onKeyDown, 'aria-keyshortcuts': onKeyDown && KEYS };
  return (
    <span role="columnheader" data-column={column.key} aria-sort={order} className={`${css['head']} ${sorted ? css['sorted'] : ''} ${align ? css['end'] : ''} ${drag ? css['movable'] : ''} ${dragged ? css['dragged'] : ''}`} {...drag} {...(button || !onKeyDown ? {} : { ...keys, tabIndex: 0 })}>
      {button ? (
        <button type="button" className={css['sort']} onClick={() => onSort(sortKey)} {...keys}>
          <span className="cw-cut">{header}</span>
          {sorted ? <Icon name={sorted.descending ? 'arrowDown' : 'arrowUp'} size={12} /> : null}
        </button>
      ) : (
        <span className="cw-cut">{header}</span>
      )}
      {children}
    </span>
  );
}

/** Moves or widens the column at `at`; what is said of it, or nothing. */
function arrangeByKey<Row>(event: KeyboardEvent<HTMLElement>, columns: readonly Column<Row>[], at: number, arrange: Arrange): string {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const column = columns[at];
  if (by === undefined || !event.shiftKey || event.altKey || event.metaKey || column === undefined) return '';
  event.preventDefault();
  const stop = event.currentTarget;
  if (!event.ctrlKey) {
    const px = clampWidth(widthOf(stop) + by * COLUMN_STEP);
    arrange.width(column.key, px);
    return widthWords(column.header, px);
  }
  const beside = columns[at + by];
  if (beside === undefined) return placeWords(column.header, at + 1, columns.length);
  // An element that changes place loses the focus.
  flushSync(() => arrange.move(column.key, beside.key));
  stop.focus();
  return placeWords(column.header, at + by + 1, columns.length);
}

function widthOf(inside: HTMLElement): number {
  return inside.closest('[role=columnheader]')?.getBoundingClientRect().width ?? 0;
}

/** A header's edge, for the pointer alone: keys and the column menu do the same. */
function Edge<Row>({ column, arrange, onDraw }: { column: Column<Row>; arrange: Arrange; onDraw: (key: string, px: number | undefined) => void }) {
  const from = useRef<{ x: number; width: number }>(undefined);
  const widthAt = (event: PointerEvent) => (from.current && Math.abs(event.clientX - from.current.x) > 2 ? clampWidth(from.current.width + event.clientX - from.current.x) : undefined);
  const onPointerUp = (event: PointerEvent) => {
    const px = widthAt(event);
    from.current = undefined;
    if (px !== undefined) arrange.width(column.key, px);
  };
  return (
    <span
      aria-hidden="true"
      className={css['edge']}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: widthOf(event.currentTarget) };
      }}
      onPointerMove={(event) => (from.current ? onDraw(column.key, widthAt(event) ?? column.px) : undefined)}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        from.current = undefined;
        onDraw(column.key, column.px);
      }}
      onDoubleClick={() => arrange.width(column.key, undefined)}
    />
  );
}

/** Ticks all rows of the result, or takes every tick away. */
function TickAll({ ticked, count, onAll, onNone }: { ticked: number; count: number; onAll: () => void; onNone: () => void }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked > 0 && ticked < count;
  }, [ticked, count]);
  return <input ref={box} type="checkbox" aria-label="Select all rows" checked={ticked > 0 && ticked >= count} onChange={ticked > 0 ? onNone : onAll} />;
}
