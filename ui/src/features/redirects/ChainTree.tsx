// The chain tree: unresolved sources with their reason in words, targets in bold, sources below by the hop that moved them.
import type { RedirectRow } from '../../contract/rpc.gen';
import { useRowHeight } from '../../design/density';
import type { Column } from '../../design/DataGrid';
import { Icon } from '../../design/icons';
import { SeverityMark } from '../../design/SeverityMark';
import { Time } from '../../design/Time';
import { TreeCell, TreeGrid } from '../../design/TreeGrid';
import { visible } from '../../lib/visible';
import { KnownBy, REASONS } from './KnownBy';
import css from './redirects.module.css';
import { nameOf, type HeadRow, type SourceRow, type TargetRow, type TreeRow } from './tree';

export interface ChainTreeProps {
  rows: readonly TreeRow[];
  selected: string | undefined;
  position: number;
  onPosition: (index: number) => void;
  onSelect: (row: SourceRow) => void;
  onToggle: (row: TreeRow) => void;
  onEscape: (() => void) | undefined;
  now: string | undefined;
  resetKey: string;
}

export function ChainTree({ rows, selected, position, onPosition, onSelect, onToggle, onEscape, now, resetKey }: ChainTreeProps) {
  const rowHeight = useRowHeight();
  return (
    <TreeGrid<TreeRow>
      label="Redirect chains"
      rows={rows}
      columns={columnsFor(onToggle, now)}
      keyOf={(row) => row.key}
      treeOf={(row) => row.place}
      rowHeight={rowHeight}
      heightOf={(index) => (rows[index]?.kind === 'head' ? 28 : rowHeight)}
      rowTone={(row) => (row.kind === 'head' ? 'group' : undefined)}
      position={position}
      onPosition={onPosition}
      activeKey={selected}
      onOpen={(row) => (row.kind === 'source' ? onSelect(row) : onToggle(row))}
      onToggle={onToggle}
      onEscape={onEscape}
      resetKey={resetKey}
    />
  );
}

function columnsFor(onToggle: (row: TreeRow) => void, now: string | undefined): Column<TreeRow>[] {
  return [
    { key: 'incident', header: 'Incident', width: 'minmax(0, 1fr)', cell: (row) => <IncidentCell row={row} onToggle={() => onToggle(row)} /> },
    { key: 'alerts', header: 'Alerts', width: '48px', align: 'end', minGrid: 460, cell: (row) => (row.kind === 'target' ? (row.target.alerts?.toLocaleString('en') ?? '–') : null) },
    { key: 'merged', header: 'Merged', width: '54px', align: 'end', minGrid: 420, cell: (row) => (row.kind === 'source' ? <Time at={row.row.merged} now={now} /> : null) },
    { key: 'known', header: 'Known by', width: '72px', cell: (row) => (row.kind === 'source' ? <KnownBy known={row.row.known_by} /> : null) },
  ];
}

function IncidentCell({ row, onToggle }: { row: TreeRow; onToggle: () => void }) {
  // Targets stand at the edge: the heads above them are the tree's first level, but not drawn as one.
  const place = { ...row.place, level: Math.max(1, row.place.level - 1) };
  const name = row.kind === 'head' ? row.title : row.kind === 'target' ? row.target.graph_id : nameOf(row.row);
  return (
    <TreeCell place={place} label={name} onToggle={onToggle}>
      {row.kind === 'head' ? <Head row={row} /> : row.kind === 'target' ? <Target row={row} /> : <Source row={row} />}
    </TreeCell>
  );
}

function Head({ row }: { row: HeadRow }) {
  return (
    <span className={row.warn ? css['warnHead'] : css['head']}>
      {row.warn ? <Icon name="warn" size={14} /> : null}
      {row.title} <span className={css['count']}>{row.count.toLocaleString('en')}</span>
    </span>
  );
}

function Target({ row: { target, sources } }: { row: TargetRow }) {
  return (
    <>
      {target.severity === null ? null : <SeverityMark severity={target.severity} markOnly />}
      <strong className={css['id']}>{target.graph_id}</strong>
      <strong className={`cw-cut cw-grow ${css['title']}`} title={target.title === null ? undefined : visible(target.title)}>
        {visible(target.title ?? 'Not read')}
      </strong>
      <span className="cw-fg3 cw-nowrap">{sources.toLocaleString('en')} merged</span>
    </>
  );
}

/** A target that is not read yet is named all the same. */
function reasonOf({ unresolved_reason: why, named }: RedirectRow): string {
  if (why === null) return 'Target not known';
  return why === 'target_not_read' ? `Target ${visible(named ?? 'unknown')}, ${REASONS[why]}` : REASONS[why];
}

function Source({ row: { row } }: { row: SourceRow }) {
  return (
    <>
      {row.severity === null ? null : <SeverityMark severity={row.severity} markOnly />}
      <strong className={css['id']}>{nameOf(row)}</strong>
      <span className={`cw-cut cw-grow ${css['title']}`} title={row.title === null ? undefined : visible(row.title)}>
        {visible(row.title ?? 'Title not read')}
      </span>
      {row.target === null ? (
        <bdi className={css['reason']} title={row.reason === null ? undefined : visible(row.reason)}>
          {reasonOf(row)}
        </bdi>
      ) : (
        <bdi className={`cw-cut ${css['place']}`}>{visible(row.workspace ?? 'Defender only')}</bdi>
      )}
    </>
  );
}
