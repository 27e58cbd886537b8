// The grid as a tree: rows arrive flattened, each with its place; elbows are drawn from the level.
import { DataGrid, type DataGridProps, type TreePlace } from './DataGrid';
import css from './DataGrid.module.css';
import { Icon } from './icons';
import type { ReactNode } from 'react';

export interface TreeGridProps<Row> extends Omit<DataGridProps<Row>, 'treeOf' | 'onToggle' | 'getRow' | 'count'> {
  /** The visible rows in order; a closed branch's rows are left out by the owner. */
  rows: readonly Row[];
  treeOf: (row: Row) => TreePlace;
  onToggle: (row: Row, index: number) => void;
}

export function TreeGrid<Row>({ rows, ...rest }: TreeGridProps<Row>) {
  return <DataGrid {...rest} count={rows.length} getRow={(index) => rows[index]} />;
}

/** The first cell of a tree row: elbows, chevron, content. */
export function TreeCell({ place, label, onToggle, children }: { place: TreePlace; label: string; onToggle?: () => void; children: ReactNode }) {
  return (
    <span className={css['tree']}>
      {Array.from({ length: place.level - 1 }, (_, at) => (
        <span key={at} className={css['elbow']} />
      ))}
      {place.expanded === undefined ? (
        <span style={{ width: place.level > 1 ? 4 : 24, flex: 'none' }} />
      ) : (
        <button type="button" tabIndex={-1} className={css['toggle']} aria-label={`${place.expanded ? 'Close' : 'Open'} ${label}`} onClick={onToggle}>
          <Icon name={place.expanded ? 'chevronDown' : 'chevronRight'} size={14} />
        </button>
      )}
      {children}
    </span>
  );
}
