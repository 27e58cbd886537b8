// The queue by groups: a head of 28 px with its count, its rows below; ← closes, → opens.
import type { IncidentGroup, IncidentRow, SessionState } from '../../contract/rpc.gen';
import type { Arrange } from '../../design/columns';
import { DataGrid, type Column, type TreePlace } from '../../design/DataGrid';
import { useRowHeight } from '../../design/density';
import { Icon } from '../../design/icons';
import { ErrorState, Loading } from '../../design/states';
import { visible } from '../../lib/visible';
import { GROUPS, valueWord, type QueueView } from './filter';
import css from './incidents.module.css';
import { useLines, type Head, type Line } from './lines';

export interface GroupedListProps {
  view: QueueView;
  group: IncidentGroup;
  columns: readonly Column<IncidentRow>[];
  arrange: Arrange;
  session: SessionState;
  position: number;
  onPosition: (index: number, row: IncidentRow | undefined) => void;
  onOpen: (row: IncidentRow) => void;
  onEscape: (() => void) | undefined;
  onSort: (key: string) => void;
  activeKey: string | undefined;
  resetKey: string;
  selection: ReadonlySet<string>;
  onSelection: (keys: ReadonlySet<string>) => void;
}

export function GroupedList(props: GroupedListProps) {
  const { view, group, position } = props;
  const rowHeight = useRowHeight();
  const lines = useLines(view, group);
  const { data, error, refetch } = lines.heads;
  if (error) return <ErrorState fault={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label="groups" rows={14} />;
  const onLine = (index: number) => {
    const line = lines.getLine(index);
    props.onPosition(index, line?.kind === 'row' ? line.row : undefined);
  };
  return (
    <DataGrid<Line>
      label={`Incidents by ${GROUPS[group].toLowerCase()}`}
      columns={props.columns.map((column) => ({ ...column, cell: (line) => (line.kind === 'row' ? column.cell(line.row) : null) }))}
      arrange={props.arrange}
      count={lines.count}
      getRow={lines.getLine}
      keyOf={(line) => (line.kind === 'row' ? line.row.key : `group:${line.value}`)}
      onRangeNeeded={lines.onRangeNeeded}
      rowHeight={rowHeight}
      heightOf={(index) => (lines.getLine(index)?.kind === 'head' ? 28 : rowHeight)}
      headOf={(line) => (line.kind === 'head' ? <HeadCell head={line} group={group} /> : undefined)}
      treeOf={placeOf}
      onToggle={(line) => (line.kind === 'head' ? lines.toggle(line.value) : undefined)}
      position={Math.min(position, Math.max(0, lines.count - 1))}
      onPosition={onLine}
      onOpen={(line) => (line.kind === 'row' ? props.onOpen(line.row) : undefined)}
      onEscape={props.onEscape}
      activeKey={props.activeKey}
      sort={{ key: view.sort.column, descending: view.sort.descending }}
      onSort={props.onSort}
      selection={props.selection}
      onSelection={props.onSelection}
      rowTone={(line) => (line.kind === 'head' ? 'group' : line.row.redirected || line.row.status === 'closed' ? 'dim' : undefined)}
      resetKey={props.resetKey}
    />
  );
}

function placeOf(line: Line): TreePlace {
  const { position, setSize } = line;
  return line.kind === 'head' ? { level: 1, position, setSize, expanded: line.open } : { level: 2, position, setSize };
}

function HeadCell({ head, group }: { head: Head; group: IncidentGroup }) {
  const word = group === 'day' ? head.value : valueWord(group, head.value);
  return (
    <>
      <Icon name={head.open ? 'chevronDown' : 'chevronRight'} size={14} />
      <bdi className="cw-cut">{visible(word === '' ? 'none' : word)}</bdi>
      <span className={css['groupCount']}>{head.count.toLocaleString('en')}</span>
    </>
  );
}
