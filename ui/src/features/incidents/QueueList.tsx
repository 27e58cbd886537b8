// The list of the queue: rows by window, or the one sentence that says why there are none; the strip above, ticked rows below.
import { Button } from '@fluentui/react-components';
import type { Pages } from '../../contract/pages';
import { useAct } from '../../contract/rpc';
import type { IncidentFacets, IncidentRow, JobView, SessionState } from '../../contract/rpc.gen';
import type { Arrange } from '../../design/columns';
import { DataGrid, type Column } from '../../design/DataGrid';
import { useRowHeight } from '../../design/density';
import { useCopy } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { TimeStrip } from '../../design/Screen';
import { Empty, ErrorState, FilteredOut, Loading } from '../../design/states';
import { useZone } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { isUnderWay, waitsForWord } from '../../lib/progress';
import { clockTime } from '../../lib/time';
import { BulkChange } from './change/BulkChange';
import { chipsOf, narrows, NO_FILTERS, viewOf, type Change } from './filter';
import { FilterChips } from './FilterBar';
import css from './incidents.module.css';
import type { Selection } from './selection';

export interface QueueListProps {
  pages: Pages<'incident_list'>;
  columns: readonly Column<IncidentRow>[];
  arrange: Arrange;
  session: SessionState;
  /** The latest reading. */
  job: JobView | undefined;
  params: ScreenProps['params'];
  position: number;
  onPosition: (index: number) => void;
  onOpen: (row: IncidentRow) => void;
  onEscape: (() => void) | undefined;
  onSort: (key: string) => void;
  onChange: (change: Change) => void;
  selection: Selection;
}

export function QueueList({ pages, columns, arrange, session, job, params, position, onPosition, onOpen, onEscape, onSort, onChange, selection }: QueueListProps) {
  const rowHeight = useRowHeight();
  const { filter, sort } = viewOf(params);
  const { data, error, refetch } = pages.head;
  if (error) return <ErrorState fault={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label="incidents" rows={14} />;
  if (data.total === 0 && narrows(filter) && data.of > 0)
    return <FilteredOut of={data.of} chips={<FilterChips chips={chipsOf(filter)} onChange={onChange} />} onClear={() => onChange(NO_FILTERS)} />;
  if (data.of === 0) return <NoneYet session={session} job={job} />;
  const { id, tab, ...view } = params;
  return (
    <DataGrid<IncidentRow>
      label="Incidents"
      columns={columns}
      arrange={arrange}
      count={pages.count}
      getRow={pages.getRow}
      keyOf={(row) => row.key}
      onRangeNeeded={pages.onRangeNeeded}
      watch={pages.watch}
      rowHeight={rowHeight}
      position={Math.min(position, Math.max(0, pages.count - 1))}
      onPosition={onPosition}
      onOpen={onOpen}
      onEscape={onEscape}
      activeKey={id}
      sort={{ key: sort.column, descending: sort.descending }}
      onSort={onSort}
      selection={selection.keys}
      onSelection={selection.set}
      onSelectRange={selection.addRange}
      onSelectAll={selection.all}
      rowTone={(row) => (row.redirected || row.status === 'closed' ? 'dim' : undefined)}
      resetKey={JSON.stringify(view)}
    />
  );
}

function NoneYet({ session, job }: { session: SessionState; job: JobView | undefined }) {
  const sync = useAct('sync_run');
  if (isUnderWay(job)) return <Loading label="incidents" rows={14} />;
  if (waitsForWord(job))
    return (
      <Empty icon="clock" title="Nothing is read yet">
        What will be asked of Microsoft, and how long that takes, stands above. It begins when you start it.
      </Empty>
    );
  if (session.kind === 'files')
    return (
      <Empty icon="file" title="Files hold no incidents">
        Rules and playbooks from files are judged in Readiness; incidents come from a tenant or from the demo.
      </Empty>
    );
  if (session.sources.length > 0 && session.sources.every(({ read_at, trouble }) => read_at !== null && trouble === null))
    return (
      <Empty icon="incident" title="No incidents there" actions={<Button disabled={sync.isPending} onClick={() => sync.mutate({})}>Read again</Button>}>
        All of {session.name ?? 'this tenant'} that this account can see was read, and it holds no incident.
      </Empty>
    );
  return (
    <Empty icon="incident" title="No incidents read yet" actions={<Button appearance="primary" disabled={sync.isPending} onClick={() => sync.mutate({})}>Read from both APIs</Button>}>
      {session.name ?? 'This tenant'} is connected; its incidents are read from Sentinel and Defender into the store on this machine.
    </Empty>
  );
}

export function Strip({ facets }: { facets: IncidentFacets }) {
  const zone = useZone();
  const bars = facets.strip.map((bucket) => ({ at: clockTime(bucket.from, zone), count: bucket.count, marked: bucket.redirected }));
  return <TimeStrip label="Incidents changed over the last 24 hours" bars={bars} markedWords="redirected" />;
}

/** What can be done with ticked rows. */
export function Bulk({ selection, onClear }: { selection: ReadonlySet<string>; onClear: () => void }) {
  const [copied, copy] = useCopy();
  const ids = [...selection].map((key) => key.slice(key.lastIndexOf('/') + 1).replace(/^[sg]:/u, ''));
  return (
    <div className={css['bulk']} role="group" aria-label="Selected incidents">
      <span role="status">{selection.size} selected</span>
      <BulkChange selection={selection} />
      <Button size="small" icon={<Icon name={copied ? 'check' : 'copy'} size={14} />} onClick={() => copy(ids.join('\n'))}>
        {copied ? 'Copied' : 'Copy ids'}
      </Button>
      <Button size="small" appearance="transparent" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
