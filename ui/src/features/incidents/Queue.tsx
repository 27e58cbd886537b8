// The queue's state: what the address says, which row is open, what is ticked; its parts are drawn below and beside.
import { useEffect, useState, type ReactNode } from 'react';
import { useLatestJob } from '../../contract/jobs';
import { usePages, type Pages } from '../../contract/pages';
import { call, useAct, useRpc, useTransport } from '../../contract/rpc';
import type { IncidentRow, SavedView, SessionState } from '../../contract/rpc.gen';
import { ColumnMenu, type ColumnMenuProps } from '../../design/ColumnMenu';
import { useColumns } from '../../design/columns';
import { JobBand } from '../../design/JobBand';
import { Notice } from '../../design/Notice';
import { IconButton } from '../../design/Panel';
import { ListRegion, ScreenBody, ScreenHead } from '../../design/Screen';
import { useControlKey } from '../../design/single-keys';
import { SearchField } from '../../design/SearchField';
import { Partial } from '../../design/states';
import type { ScreenProps } from '../../lib/place';
import { isUnderWay, waitsForWord } from '../../lib/progress';
import { columnsFor, FIXED_COLUMNS } from './columns';
import { groupOf, sortParam, viewOf, type Change } from './filter';
import { FilterBar } from './FilterBar';
import { GroupedList } from './GroupedList';
import { IncidentPanel, TABS, type TabKey } from './IncidentPanel';
import { ExportBand, ExportDialog } from './Export';
import { Bulk, QueueList, Strip } from './QueueList';
import { useSelection } from './selection';
import { ViewMenu } from './ViewMenu';
import { paramsOfView, viewNamed } from './views';

const SIDES: Record<string, string> = { sentinel: 'Sentinel side is missing.', graph: 'Defender side is missing.', logs: 'Log Analytics is missing.' };

export function Queue({ params, setParams, go, session }: ScreenProps & { session: SessionState }) {
  const { filter, sort } = viewOf(params);
  const group = groupOf(params);
  useDefaultView(params, setParams);
  const pages = usePages('incident_list', { filter, sort });
  const facets = useRpc('incident_facets', filter, { keep: true }).data;
  const job = useLatestJob('sync_run');
  const sync = useAct('sync_run');
  const columns = useColumns('incidents', columnsFor(session.now), FIXED_COLUMNS);
  const [position, setPosition] = useState(0);
  const selection = useSelection({ filter, sort }, group);
  const [lost, setLost] = useState<string>();
  const [exporting, setExporting] = useState(false);
  const [exported, setExported] = useState<{ id: number; saveHere: boolean }>();
  const transport = useTransport();

  useControlKey('e', () => setExporting(pages.count > 0));
  useFirstRowsMark(pages.head.data !== undefined);

  const id = params['id'];
  const tab = TABS.find((one) => one === params['tab']) ?? 'summary';
  const change = (next: Change, how?: 'replace' | 'push') => {
    setPosition(0);
    setLost(undefined);
    setParams(next, how);
  };
  // With the panel open, moving in the list moves the panel too.
  const moveTo = (index: number) => {
    if (group === undefined) setPosition(index);
    if (id !== undefined) void pages.rowAt(index).then((row) => (row ? setParams({ id: row.key }, 'replace') : undefined));
  };
  const openRow = (row: IncidentRow) => setParams({ id: row.key }, id === undefined ? 'push' : 'replace');
  const closeRow = id === undefined ? undefined : () => setParams({ id: undefined, tab: undefined });
  const choose = (view: SavedView) => {
    columns.show(view);
    change(paramsOfView(view));
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
      <Head pages={pages} text={filter.text} onText={(q) => change({ q: q || undefined }, 'replace')} onSync={canSync(session) ? () => sync.mutate({}) : undefined} busy={sync.isPending || isUnderWay(job) || waitsForWord(job)} views={<ViewMenu view={{ filter, sort }} group={group} columns={columns.shown} name={params['view']} onChoose={choose} onGroup={(next) => change({ group: next })} />} columns={columns.menu} onExport={pages.count > 0 ? () => setExporting(true) : undefined} />
      <FilterBar filter={filter} facets={facets} onChange={change} />
      <JobBand name="Sync" job={job} />
      <ExportBand started={exported} onDismiss={() => setExported(undefined)} />
      <Troubles session={session} />
      {lost === undefined ? null : (
        <Notice band tone="warn" role="status" end={<IconButton icon="close" label="Dismiss" onClick={() => setLost(undefined)} />}>
          Incident {lost} is not in the store: it lies outside what this account can read, or it was not read yet.
        </Notice>
      )}
      <ScreenBody>
        <ListRegion label="Incident list">
          {facets && facets.strip.length > 0 && pages.head.data?.of !== 0 ? <Strip facets={facets} /> : null}
          {group && pages.count > 0 ? (
            <GroupedList
              key={group}
              view={{ filter, sort }}
              group={group}
              columns={columns.shown}
              arrange={columns.arrange}
              session={session}
              position={position}
              onPosition={(index, row) => {
                setPosition(index);
                if (id !== undefined && row) setParams({ id: row.key }, 'replace');
              }}
              onOpen={openRow}
              onEscape={closeRow}
              onSort={(key) => change({ sort: sortParam(sort, key) })}
              activeKey={id}
              resetKey={JSON.stringify({ filter, sort, group })}
              selection={selection.keys}
              onSelection={selection.set}
            />
          ) : (
            <QueueList
              pages={pages}
              columns={columns.shown}
              arrange={columns.arrange}
              session={session}
              job={job}
              params={params}
              position={position}
              onPosition={moveTo}
              onOpen={openRow}
              onEscape={closeRow}
              onSort={(key) => change({ sort: sortParam(sort, key) })}
              onChange={change}
              selection={selection}
            />
          )}
          {selection.keys.size > 0 ? <Bulk selection={selection.keys} onClear={selection.clear} /> : null}
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
            onProof={(key) => go({ room: 'redirects', params: { id: key } })}
          />
        )}
      </ScreenBody>
      {exporting ? <ExportDialog view={{ filter, sort }} columns={columns.shown} count={pages.count} grouped={group !== undefined} onStarted={(one, saveHere) => setExported({ id: one.id, saveHere })} onClose={() => setExporting(false)} /> : null}
    </>
  );
}

/** Marks the frame after the first rows, or the word that there are none: from outside, a start is measured by it. */
function useFirstRowsMark(answered: boolean) {
  useEffect(() => {
    if (answered && performance.getEntriesByName('crosswalk:first-rows').length === 0) {
      requestAnimationFrame(() => performance.mark('crosswalk:first-rows'));
    }
  }, [answered]);
}

/** An address that asks for nothing shows the view that the team opens with; from then on the address says what is shown. */
function useDefaultView(params: ScreenProps['params'], setParams: ScreenProps['setParams']) {
  const views = useRpc('view_list', {}).data;
  const bare = Object.keys(params).length === 0;
  useEffect(() => {
    const name = views?.default ?? undefined;
    const view = viewNamed([...(views?.built_in ?? []), ...(views?.saved ?? [])], name);
    if (bare && view) setParams(paramsOfView(view), 'replace');
  }, [bare, views, setParams]);
}

function canSync(session: SessionState): boolean {
  return session.kind !== 'files';
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
  views: ReactNode;
  columns: ColumnMenuProps;
  /** Undefined where there is nothing to export. */
  onExport: (() => void) | undefined;
}

function Head({ pages, text, onText, onSync, busy, views, columns, onExport }: HeadProps) {
  const page = pages.head.data;
  const indexing = page && page.unindexed > 0 && text !== '' ? `, text search is still indexing ${page.unindexed.toLocaleString('en')}` : '';
  const entities = page && text !== '' ? `, entities of ${page.with_entities.toLocaleString('en')} ${page.with_entities === 1 ? 'incident' : 'incidents'} searched` : '';
  const meta = page ? `${page.total.toLocaleString('en')} of ${page.of.toLocaleString('en')}${entities}${indexing}` : '';
  return (
    <ScreenHead
      title="Incidents"
      meta={<span role="status">{meta}</span>}
      tools={
        <>
          {views}
          <SearchField label="Search incidents" placeholder="Id, number, GUID, URL, words" value={text} onSearch={onText} />
          <ColumnMenu {...columns} />
          {onExport ? <IconButton icon="download" label="Export this view" hint="Ctrl+E" onClick={onExport} /> : null}
          {onSync && !busy ? <IconButton icon="refresh" label="Read what changed" hint="Ctrl+R" onClick={onSync} /> : null}
        </>
      }
    />
  );
}

/** What is missing, under the header; the rows below stay readable. */
function Troubles({ session }: { session: SessionState }) {
  return session.sources
    .filter((source) => source.trouble !== null)
    .map((source) => (
      <Partial key={source.api} title={SIDES[source.api] ?? source.api} request={source.trouble ?? undefined}>
        <bdi>{source.trouble}</bdi>
      </Partial>
    ));
}
