// The queue over both APIs: every incident once, where it lives, where it went. Filter, sort and open row are the address.
// Start reading at `IncidentsScreen`; the address is read in filter.ts, rows come by page through contract/pages.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { usePages, type Pages } from '../../contract/pages';
import { call, useAct, useRpc, useTransport } from '../../contract/rpc';
import type { IncidentFacets, IncidentRow, JobView, SessionState } from '../../contract/rpc.gen';
import { ColumnMenu, useColumns, type ColumnMenuProps } from '../../design/ColumnMenu';
import { DataGrid, type Column } from '../../design/DataGrid';
import { useRowHeight } from '../../design/density';
import { useCopy } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { IconButton } from '../../design/Panel';
import { ListRegion, ScreenBody, ScreenHead, TimeStrip } from '../../design/Screen';
import { SearchField } from '../../design/SearchField';
import { Empty, ErrorState, FilteredOut, Loading, Partial, Throttled } from '../../design/states';
import { useZone } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { clockTime } from '../../lib/time';
import { columnsFor, FIXED_COLUMNS } from './columns';
import { chipsOf, narrows, NO_FILTERS, sortParam, viewOf, type Change } from './filter';
import { FilterBar, FilterChips } from './FilterBar';
import { IncidentPanel, TABS, type TabKey } from './IncidentPanel';
import css from './incidents.module.css';

const SIDES: Record<string, string> = { sentinel: 'Sentinel side is missing.', graph: 'Defender side is missing.', logs: 'Log Analytics is missing.' };

export function IncidentsScreen({ params, setParams }: ScreenProps) {
  const { filter, sort } = viewOf(params);
  const session = useRpc('session_get', {}).data;
  const pages = usePages('incident_list', { filter, sort });
  const facets = useRpc('incident_facets', filter, { keep: true }).data;
  const job = useRunningSync();
  const sync = useAct('sync_run');
  const columns = useColumns('incidents', columnsFor(session?.now), FIXED_COLUMNS);
  const [position, setPosition] = useState(0);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [lost, setLost] = useState<string>();
  const transport = useTransport();

  const id = params['id'];
  const tab = TABS.find((one) => one === params['tab']) ?? 'summary';
  const change = (next: Change, how?: 'replace' | 'push') => {
    setPosition(0);
    setSelection(new Set());
    setLost(undefined);
    setParams(next, how);
  };
  // With the panel open, moving in the list moves the panel too.
  const moveTo = (index: number) => {
    setPosition(index);
    if (id !== undefined) void pages.rowAt(index).then((row) => (row ? setParams({ id: row.key }, 'replace') : undefined));
  };
  const goToTarget = async (graphId: string) => {
    const found = await findByGraphId(transport, graphId).catch(() => undefined);
    setLost(found ? undefined : graphId);
    if (found) setParams({ id: found.key });
  };
  // The open row may have come from an address or a jump: it has neighbours only where it is among the rows here.
  const at = id === undefined ? -1 : pages.getRow(position)?.key === id ? position : pages.indexOf((row) => row.key === id);
  return (
    <>
      <Head pages={pages} text={filter.text} onText={(q) => change({ q: q || undefined }, 'replace')} onSync={canSync(session) ? () => sync.mutate({}) : undefined} busy={sync.isPending || job !== undefined} columns={columns.menu} />
      <FilterBar filter={filter} facets={facets} onChange={change} />
      <Troubles session={session} job={job} />
      {lost === undefined ? null : (
        <Notice band tone="warn" role="status" end={<IconButton icon="close" label="Dismiss" onClick={() => setLost(undefined)} />}>
          Incident {lost} is not in the store: it lies outside what this account can read, or it was not read yet.
        </Notice>
      )}
      <ScreenBody>
        <ListRegion label="Incident list">
          {facets && facets.strip.length > 0 ? <Strip facets={facets} /> : null}
          <List
            pages={pages}
            columns={columns.shown}
            session={session}
            job={job}
            params={params}
            position={position}
            onPosition={moveTo}
            onOpen={(row) => setParams({ id: row.key }, id === undefined ? 'push' : 'replace')}
            onEscape={id === undefined ? undefined : () => setParams({ id: undefined, tab: undefined })}
            onSort={(key) => change({ sort: sortParam(sort, key) })}
            onChange={change}
            selection={selection}
            onSelection={setSelection}
          />
          {selection.size > 0 ? <Bulk selection={selection} onClear={() => setSelection(new Set())} /> : null}
        </ListRegion>
        {id === undefined ? null : (
          <IncidentPanel
            incidentKey={id}
            tab={tab}
            onTab={(next: TabKey) => setParams({ tab: next === 'summary' ? undefined : next }, 'replace')}
            onPrevious={at > 0 ? () => moveTo(at - 1) : undefined}
            onNext={at >= 0 && at + 1 < pages.count ? () => moveTo(at + 1) : undefined}
            onClose={() => {
              setParams({ id: undefined, tab: undefined });
              document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')?.focus();
            }}
            onTarget={(graphId) => void goToTarget(graphId)}
          />
        )}
      </ScreenBody>
    </>
  );
}

function canSync(session: SessionState | undefined): boolean {
  return session !== undefined && session.kind !== 'none' && session.kind !== 'files';
}

function useRunningSync(): JobView | undefined {
  return useRpc('job_list', {}).data?.jobs.find((job) => job.command === 'sync_run' && job.state === 'running');
}

/** The row whose Graph id this is; the store's own search knows ids. */
async function findByGraphId(transport: ReturnType<typeof useTransport>, graphId: string): Promise<IncidentRow | undefined> {
  const { filter, sort } = viewOf({ q: graphId });
  const page = await call(transport, 'incident_list', { filter, sort, offset: 0, limit: 50 });
  return page.rows.find((row) => row.graph_id === graphId);
}

interface HeadProps {
  pages: Pages<'incident_list'>;
  text: string;
  onText: (text: string) => void;
  /** Undefined where there is nothing to read again. */
  onSync: (() => void) | undefined;
  busy: boolean;
  columns: ColumnMenuProps;
}

function Head({ pages, text, onText, onSync, busy, columns }: HeadProps) {
  const page = pages.head.data;
  const indexing = page && page.unindexed > 0 && text !== '' ? `, text search is still indexing ${page.unindexed.toLocaleString('en')}` : '';
  const meta = page ? `${page.total.toLocaleString('en')} of ${page.of.toLocaleString('en')}${indexing}` : '';
  return (
    <ScreenHead
      title="Incidents"
      meta={<span role="status">{meta}</span>}
      tools={
        <>
          <SearchField label="Search incidents" placeholder="Id, number, GUID, URL, words" value={text} onSearch={onText} />
          <ColumnMenu {...columns} />
          {onSync && !busy ? <IconButton icon="refresh" label="Read what changed" hint="Ctrl+R" onClick={onSync} /> : null}
        </>
      }
    />
  );
}

/** What is missing or waits, under the header; the rows below stay readable. */
function Troubles({ session, job }: { session: SessionState | undefined; job: JobView | undefined }) {
  const troubled = session?.sources.filter((source) => source.trouble !== null) ?? [];
  return (
    <>
      {troubled.map((source) => (
        <Partial key={source.api} title={SIDES[source.api] ?? source.api} request={source.trouble ?? undefined}>
          <bdi>{source.trouble}</bdi>
        </Partial>
      ))}
      {job && job.waiting !== null ? (
        <Throttled who={job.step} seconds={job.waiting}>
          It goes on by itself; what is read stays readable.
        </Throttled>
      ) : null}
    </>
  );
}

function Strip({ facets }: { facets: IncidentFacets }) {
  const zone = useZone();
  const bars = facets.strip.map((bucket) => ({ at: clockTime(bucket.from, zone), count: bucket.count, marked: bucket.redirected }));
  return <TimeStrip label="Incidents changed over the last 24 hours" bars={bars} markedWords="redirected" />;
}

interface ListProps {
  pages: Pages<'incident_list'>;
  columns: readonly Column<IncidentRow>[];
  session: SessionState | undefined;
  job: JobView | undefined;
  params: ScreenProps['params'];
  position: number;
  onPosition: (index: number) => void;
  onOpen: (row: IncidentRow) => void;
  onEscape: (() => void) | undefined;
  onSort: (key: string) => void;
  onChange: (change: Change) => void;
  selection: ReadonlySet<string>;
  onSelection: (keys: ReadonlySet<string>) => void;
}

function List({ pages, columns, session, job, params, position, onPosition, onOpen, onEscape, onSort, onChange, selection, onSelection }: ListProps) {
  const rowHeight = useRowHeight();
  const { filter, sort } = viewOf(params);
  const { data, error, refetch } = pages.head;
  if (error) return <ErrorState fault={error} onRetry={() => void refetch()} />;
  if (data === undefined || session === undefined) return <Loading label="incidents" rows={14} />;
  if (data.total === 0 && narrows(filter) && data.of > 0)
    return <FilteredOut of={data.of} chips={<FilterChips chips={chipsOf(filter)} onChange={onChange} />} onClear={() => onChange(NO_FILTERS)} />;
  if (data.of === 0) return <NoneYet session={session} job={job} />;
  const { id, tab, ...view } = params;
  return (
    <DataGrid<IncidentRow>
      label="Incidents"
      columns={columns}
      count={pages.count}
      getRow={pages.getRow}
      keyOf={(row) => row.key}
      onRangeNeeded={pages.onRangeNeeded}
      rowHeight={rowHeight}
      position={Math.min(position, Math.max(0, pages.count - 1))}
      onPosition={onPosition}
      onOpen={onOpen}
      onEscape={onEscape}
      activeKey={id}
      sort={{ key: sort.column, descending: sort.descending }}
      onSort={onSort}
      selection={selection}
      onSelection={onSelection}
      rowTone={(row) => (row.redirected || row.status === 'closed' ? 'dim' : undefined)}
      resetKey={JSON.stringify(view)}
    />
  );
}

function NoneYet({ session, job }: { session: SessionState; job: JobView | undefined }) {
  const sync = useAct('sync_run');
  const demo = useAct('session_demo');
  if (job) return <Loading label="incidents" rows={14} />;
  if (session.kind === 'none')
    return (
      <Empty icon="incident" title="Nothing is open" actions={<Button appearance="primary" onClick={() => demo.mutate({})}>Open the demo tenant</Button>}>
        The demo tenant runs on this machine and needs no sign-in: two workspaces in the middle of their move.
      </Empty>
    );
  if (session.kind === 'files')
    return (
      <Empty icon="file" title="Files hold no incidents">
        Rules and playbooks from files are judged in Readiness; incidents come from a tenant or from the demo.
      </Empty>
    );
  return (
    <Empty icon="incident" title="No incidents read yet" actions={<Button appearance="primary" disabled={sync.isPending} onClick={() => sync.mutate({})}>Read from both APIs</Button>}>
      {session.name ?? 'This tenant'} is connected; its incidents are read from Sentinel and Defender into the store on this machine.
    </Empty>
  );
}

/** What can be done with ticked rows. */
function Bulk({ selection, onClear }: { selection: ReadonlySet<string>; onClear: () => void }) {
  const [copied, copy] = useCopy();
  const ids = [...selection].map((key) => key.slice(key.lastIndexOf('/') + 1).replace(/^[sg]:/u, ''));
  return (
    <div className={css['bulk']} role="group" aria-label="Selected incidents">
      <span role="status">{selection.size} selected</span>
      <Button size="small" icon={<Icon name={copied ? 'check' : 'copy'} size={14} />} onClick={() => copy(ids.join('\n'))}>
        {copied ? 'Copied' : 'Copy ids'}
      </Button>
      <Button size="small" appearance="transparent" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
