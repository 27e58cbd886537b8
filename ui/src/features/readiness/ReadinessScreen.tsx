// What will break in the move: facets, the checks by area, and one check with its evidence. Selection and facets are the address.
// Start reading at `ReadinessScreen`; what is shown is decided in facets.ts.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useLatestJob } from '../../contract/jobs';
import { useAct, useRpc } from '../../contract/rpc';
import type { CheckRow, JobView, ReadinessList, SessionState } from '../../contract/rpc.gen';
import { CompositionBar } from '../../design/CompositionBar';
import type { Column, TreePlace } from '../../design/DataGrid';
import { useRowHeight } from '../../design/density';
import { Icon } from '../../design/icons';
import { JobBand } from '../../design/JobBand';
import { Words } from '../../design/Prose';
import { ListRegion, ScreenBody, ScreenHead } from '../../design/Screen';
import { SeverityMark } from '../../design/SeverityMark';
import { Empty, ErrorState, FilteredOut, Loading, NothingOpen } from '../../design/states';
import { Segments } from '../../design/Tabs';
import { Time } from '../../design/Time';
import { TreeCell, TreeGrid } from '../../design/TreeGrid';
import { VerdictPill } from '../../design/VerdictPill';
import type { ScreenProps } from '../../lib/place';
import { isUnderWay } from '../../lib/progress';
import { CheckPanel } from './CheckPanel';
import { filterOf, groupsOf, paramsOfFilter, SEVERITY_NAMES, verdictsOf, type CheckFilter, type Group } from './facets';
import { Facets, FacetsButton } from './FacetList';
import { Files } from './Files';
import css from './readiness.module.css';

export function ReadinessScreen({ params, setParams, go }: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  const { data, error, refetch } = useRpc('readiness_list', {}, { enabled: session !== undefined && session.kind !== 'none' });
  const job = useLatestJob('readiness_run');
  const run = useAct('readiness_run');
  const filter = filterOf(params);
  const onFilter = (next: CheckFilter) => setParams(paramsOfFilter(next), 'replace');
  if (session?.kind === 'none')
    return (
      <>
        <ScreenHead title="Readiness" />
        <NothingOpen icon="readiness" onStart={() => go({ room: 'start' })}>
          Checks run on a tenant, on the demo, or on exported files without any sign-in.
        </NothingOpen>
      </>
    );
  const ran = data !== undefined && data.run_at !== null;
  const files = params['view'] === 'files' && data !== undefined && data.files.length > 0;
  return (
    <>
      <ScreenHead title="Readiness" meta={ran ? <Meta list={data} session={session} /> : null} tools={<Tools list={data} session={session} go={go} busy={run.isPending || isUnderWay(job)} onRun={() => run.mutate({})} filter={filter} onFilter={onFilter} files={files} onFiles={(on) => setParams({ view: on ? 'files' : undefined })} />}>
        {ran ? (
          <span className={`${css['bar']} cw-hide-narrow`}>
            <CompositionBar counts={verdictsOf(data.checks)} />
          </span>
        ) : null}
      </ScreenHead>
      <JobBand name="Checks" job={job} />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading label="checks" rows={14} />
      ) : !ran ? (
        <NotRun job={job} session={session} busy={run.isPending || isUnderWay(job)} onRun={() => run.mutate({})} />
      ) : files ? (
        <ScreenBody>
          <ListRegion label="Files">
            <Files files={data.files} />
          </ListRegion>
        </ScreenBody>
      ) : (
        <Checks list={data} params={params} setParams={setParams} filter={filter} onFilter={onFilter} />
      )}
    </>
  );
}

function Meta({ list, session }: { list: ReadinessList; session: SessionState | undefined }) {
  const { ran, total, could_not_run: could } = list.coverage;
  return (
    <span role="status">
      {`${ran.toLocaleString('en')} of ${total.toLocaleString('en')} ran${could > 0 ? `, ${could.toLocaleString('en')} could not` : ''}, `}
      <Time at={list.run_at} now={session?.now} />
    </span>
  );
}

interface ToolsProps {
  list: ReadinessList | undefined;
  session: SessionState | undefined;
  go: ScreenProps['go'];
  busy: boolean;
  onRun: () => void;
  filter: CheckFilter;
  onFilter: (filter: CheckFilter) => void;
  files: boolean;
  onFiles: (on: boolean) => void;
}

function Tools({ list, session, go, busy, onRun, filter, onFilter, files, onFiles }: ToolsProps) {
  return (
    <>
      {list && list.files.length > 0 ? (
        <Segments
          label="View"
          choices={[
            { key: 'checks', label: 'Checks' },
            { key: 'files', label: `Files ${list.files.length.toLocaleString('en')}` },
          ]}
          selected={files ? 'files' : 'checks'}
          onSelect={(key) => onFiles(key === 'files')}
        />
      ) : null}
      {list && list.checks.length > 0 && !files ? <FacetsButton checks={list.checks} filter={filter} onFilter={onFilter} /> : null}
      {session?.kind === 'files' ? (
        <Button icon={<Icon name="folder" />} onClick={() => go({ room: 'start', params: { way: 'files' } })}>
          Open other files
        </Button>
      ) : (
        <Button appearance="primary" icon={<Icon name="play" />} disabled={busy || session === undefined} onClick={onRun}>
          Run checks
        </Button>
      )}
    </>
  );
}

function NotRun({ job, session, busy, onRun }: { job: JobView | undefined; session: SessionState | undefined; busy: boolean; onRun: () => void }) {
  if (busy) return <Loading label="checks" rows={14} />;
  const failed = job?.state === 'failed' ? job.failure : null;
  return (
    <Empty icon="readiness" title={failed ? 'The checks did not finish' : 'No checks have run yet'} actions={<Button appearance="primary" onClick={onRun}>Run checks</Button>}>
      {failed ? <Words text={[failed.message, failed.hint].filter(Boolean).join(' ')} /> : `They read the rules, playbooks and incidents of ${session?.name ?? 'this session'} and change nothing.`}
    </Empty>
  );
}

type Row = { kind: 'area'; group: Group; place: TreePlace } | { kind: 'check'; check: CheckRow; place: TreePlace };

function rowsOf(groups: readonly Group[], closed: ReadonlySet<string>): Row[] {
  return groups.flatMap((group, at): Row[] => {
    const open = !closed.has(group.area);
    const head: Row = { kind: 'area', group, place: { level: 1, setSize: groups.length, position: at + 1, expanded: open } };
    const checks = group.shown.map((check, index): Row => ({ kind: 'check', check, place: { level: 2, setSize: group.shown.length, position: index + 1 } }));
    return open ? [head, ...checks] : [head];
  });
}

interface ChecksProps extends Pick<ScreenProps, 'params' | 'setParams'> {
  list: ReadinessList;
  filter: CheckFilter;
  onFilter: (filter: CheckFilter) => void;
}

function Checks({ list, params, setParams, filter, onFilter }: ChecksProps) {
  const rowHeight = useRowHeight();
  const id = params['check'];
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = rowsOf(groupsOf(list.checks, filter), closed);
  const [position, setPosition] = useState(() => Math.max(0, rows.findIndex((row) => (id === undefined ? row.kind === 'check' : row.kind === 'check' && row.check.id === id))));
  const [followed, setFollowed] = useState(id);
  // A selection that came from the address takes the focused row along.
  if (followed !== id) {
    setFollowed(id);
    const at = rows.findIndex((row) => row.kind === 'check' && row.check.id === id);
    if (at >= 0) setPosition(at);
  }
  const show = (check: CheckRow, how: 'push' | 'replace') => setParams({ check: check.id, at: undefined }, how);
  // With a check open, moving in the list moves the panel too.
  const moveTo = (index: number) => {
    setPosition(index);
    const row = rows[index];
    if (id !== undefined && row?.kind === 'check') show(row.check, 'replace');
  };
  const step = (by: 1 | -1) => {
    const to = nextCheck(rows, id, by);
    return to === undefined ? undefined : () => moveTo(to);
  };
  const close = () => {
    setParams({ check: undefined, at: undefined });
    document.querySelector<HTMLElement>('[role=treegrid] [role=row][tabindex="0"]')?.focus();
  };
  const toggle = (row: Row) => {
    if (row.kind !== 'area') return;
    const next = new Set(closed);
    if (!next.delete(row.group.area)) next.add(row.group.area);
    setClosed(next);
  };
  return (
    <ScreenBody>
      <Facets checks={list.checks} filter={filter} onFilter={onFilter} />
      <ListRegion label="Checks">
        {rows.length === 0 ? (
          <FilteredOut of={list.checks.length} chips={null} onClear={() => setParams({ verdict: undefined, severity: undefined, area: undefined })} />
        ) : (
          <TreeGrid<Row>
            label="Checks"
            rows={rows}
            columns={columnsFor(toggle)}
            keyOf={(row) => (row.kind === 'area' ? `area:${row.group.area}` : row.check.id)}
            treeOf={(row) => row.place}
            rowHeight={rowHeight}
            heightOf={(index) => (rows[index]?.kind === 'area' ? 28 : rowHeight)}
            rowTone={(row) => (row.kind === 'area' ? 'group' : undefined)}
            position={Math.min(position, rows.length - 1)}
            onPosition={moveTo}
            activeKey={id}
            onOpen={(row) => (row.kind === 'check' ? show(row.check, id === undefined ? 'push' : 'replace') : toggle(row))}
            onToggle={toggle}
            onEscape={id === undefined ? undefined : close}
            resetKey={JSON.stringify(filter)}
          />
        )}
      </ListRegion>
      {id === undefined ? null : (
        <CheckPanel
          id={id}
          at={Number.parseInt(params['at'] ?? '0', 10) || 0}
          onAt={(at) => setParams({ at: at === 0 ? undefined : String(at) }, 'replace')}
          onPrevious={step(-1)}
          onNext={step(1)}
          onClose={close}
        />
      )}
    </ScreenBody>
  );
}

function columnsFor(onToggle: (row: Row) => void): Column<Row>[] {
  return [
    { key: 'check', header: 'Check', width: 'minmax(0, 1fr)', cell: (row) => <CheckCell row={row} onToggle={() => onToggle(row)} /> },
    { key: 'severity', header: 'Severity', width: '70px', cell: (row) => (row.kind === 'check' ? <SeverityMark severity={SEVERITY_NAMES[row.check.severity]} /> : null) },
    { key: 'objects', header: 'Found', width: '42px', align: 'end', minGrid: 300, cell: (row) => (row.kind === 'check' ? (row.check.verdict === 'could_not_run' ? '–' : row.check.objects.toLocaleString('en')) : null) },
  ];
}

function CheckCell({ row, onToggle }: { row: Row; onToggle: () => void }) {
  if (row.kind === 'area')
    return (
      <TreeCell place={row.place} label={row.group.area} onToggle={onToggle}>
        {row.group.area} <span className={css['count']}>{`${row.group.shown.length} of ${row.group.of}`}</span>
      </TreeCell>
    );
  return (
    <span className="cw-row" style={{ gap: 10, paddingInlineStart: 4 }}>
      <VerdictPill verdict={row.check.verdict} as="mark" />
      <span className={css['checkId']}>{row.check.id}</span>
      <span className={`cw-cut ${css['title']}`} title={row.check.title}>
        {row.check.title}
      </span>
    </span>
  );
}

function nextCheck(rows: readonly Row[], id: string | undefined, by: 1 | -1): number | undefined {
  const at = rows.findIndex((row) => row.kind === 'check' && row.check.id === id);
  if (at < 0) return undefined;
  for (let to = at + by; to >= 0 && to < rows.length; to += by) if (rows[to]?.kind === 'check') return to;
  return undefined;
}
