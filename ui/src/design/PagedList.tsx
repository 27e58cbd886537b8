// A long list that opens its rows beside itself: the arrows walk the open row along, Escape closes it.
import { useState } from 'react';
import { DataGrid, type Column, type DataGridProps } from './DataGrid';
import { useRowHeight } from './density';

interface PagedListProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** The rows that are here, and a way to any other. */
  pages: Pick<DataGridProps<Row>, 'count' | 'getRow' | 'onRangeNeeded' | 'watch'> & { rowAt: (index: number) => Promise<Row | undefined> };
  keyOf: (row: Row) => string;
  /** Key of the open row. */
  open: string | undefined;
  /** Opens another one, or none; `replace` where going back would be a step through rows. */
  onOpen: (key: string | undefined, how?: 'push' | 'replace') => void;
  /** Another result begins at its top. */
  resetKey: string;
}

export function PagedList<Row>({ label, columns, pages, keyOf, open, onOpen, resetKey }: PagedListProps<Row>) {
  const rowHeight = useRowHeight();
  const [position, setPosition] = useState(0);
  const moveTo = (index: number) => {
    setPosition(index);
    if (open !== undefined) void pages.rowAt(index).then((row) => (row ? onOpen(keyOf(row), 'replace') : undefined));
  };
  return (
    <DataGrid<Row>
      label={label}
      columns={columns}
      count={pages.count}
      getRow={pages.getRow}
      keyOf={keyOf}
      onRangeNeeded={pages.onRangeNeeded}
      watch={pages.watch}
      rowHeight={rowHeight}
      position={Math.min(position, Math.max(0, pages.count - 1))}
      onPosition={moveTo}
      onOpen={(row) => onOpen(keyOf(row), open === undefined ? 'push' : 'replace')}
      activeKey={open}
      onEscape={open === undefined ? undefined : () => onOpen(undefined)}
      resetKey={resetKey}
    />
  );
}
