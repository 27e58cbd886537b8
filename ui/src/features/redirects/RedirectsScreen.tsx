// Where merged incidents went: the chain tree, the map of the whole, the proof of one. Selection, filter and view are the address.
// Start reading at `RedirectsScreen`; rows are made in tree.ts, the map's numbers in flow.ts.
import { Button } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useLatestJob } from '../../contract/jobs';
import { useAct, useRpc } from '../../contract/rpc';
import type { KnownBy, RedirectList, SessionState } from '../../contract/rpc.gen';
import { FilterChip, ToggleChip } from '../../design/Chip';
import { JobBand } from '../../design/JobBand';
import { IconButton, PanelFrame } from '../../design/Panel';
import { ListRegion, ScreenBody, ScreenHead, Toolbar } from '../../design/Screen';
import { SearchField } from '../../design/SearchField';
import { Empty, ErrorState, FilteredOut, Loading, NothingOpen } from '../../design/states';
import { Segments } from '../../design/Tabs';
import type { ScreenProps } from '../../lib/place';
import { isUnderWay } from '../../lib/progress';
import { ChainTree } from './ChainTree';
import { flowOf } from './flow';
import { KNOWN } from './KnownBy';
import { Proof } from './Proof';
import { FlowTable, RedirectMap } from './RedirectMap';
import css from './redirects.module.css';
import { isUnread, narrow, targetKey, treeRows, type Choices, type SourceRow, type TreeRow } from './tree';

export function RedirectsScreen({ params, setParams, go }: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  const { data, error, refetch } = useRpc('redirect_list', {}, { enabled: session !== undefined && session.kind !== 'none' });
  const job = useLatestJob('sync_run');
  if (session?.kind === 'none')
    return (
      <>
        <ScreenHead title="Redirects" />
        <NothingOpen icon="redirect" onStart={() => go({ room: 'start' })}>
          Chains are followed in a tenant, or in the demo, which needs no sign-in.
        </NothingOpen>
      </>
    );
  return (
    <>
      <Head list={data} params={params} setParams={setParams} session={session} busy={isUnderWay(job)} />
      <JobBand name="Sync" job={job} />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined || session === undefined ? (
        <Loading label="redirects" rows={14} />
      ) : data.sources === 0 ? (
        <NoneYet session={session} busy={isUnderWay(job)} go={go} />
      ) : (
        <Chains list={data} session={session} params={params} setParams={setParams} go={go} />
      )}
    </>
  );
}

function knownOf(text: string | undefined): KnownBy[] {
  return (text ?? '').split(',').filter((word): word is KnownBy => word in KNOWN);
}

interface HeadProps extends Pick<ScreenProps, 'params' | 'setParams'> {
  list: RedirectList | undefined;
  session: SessionState | undefined;
  busy: boolean;
}

function Head({ list, params, setParams, session, busy }: HeadProps) {
  const sync = useAct('sync_run');
  const known = knownOf(params['known']);
  const toggle = (one: KnownBy) => {
    const next = known.includes(one) ? known.filter((other) => other !== one) : [...known, one];
    setParams({ known: next.length === 0 ? undefined : next.join(',') }, 'replace');
  };
  const unread = list?.unresolved.filter(isUnread).length ?? 0;
  const meta = list && list.sources > 0 ? `${list.sources.toLocaleString('en')} into ${list.groups.length.toLocaleString('en')} ${list.groups.length === 1 ? 'target' : 'targets'}. ${list.resolved.toLocaleString('en')} resolved, ${(list.unresolved.length - unread).toLocaleString('en')} unresolved${unread === 0 ? '' : `, ${unread.toLocaleString('en')} not read yet`}.` : '';
  const canSync = session?.kind === 'demo' || session?.kind === 'sandbox' || session?.kind === 'tenant';
  return (
    <>
      <ScreenHead
        title="Redirects"
        meta={<span role="status">{meta}</span>}
        tools={
          <>
            <SearchField label="Search redirects" placeholder="Id, number, title, workspace" value={params['q'] ?? ''} onSearch={(q) => setParams({ q: q || undefined }, 'replace')} />
            {canSync && !busy ? <IconButton icon="refresh" label="Read what changed" hint="Ctrl+R" onClick={() => sync.mutate({})} /> : null}
          </>
        }
      />
      {list && list.sources > 0 ? (
        <Toolbar label="Known by">
          <span className="cw-caption cw-fg3">Known by</span>
          {list.known_by.map(([one, count]) => (
            <ToggleChip key={one} label={KNOWN[one].word} count={count} pressed={known.includes(one)} onToggle={() => toggle(one)} />
          ))}
        </Toolbar>
      ) : null}
    </>
  );
}

function NoneYet({ session, busy, go }: { session: SessionState; busy: boolean; go: ScreenProps['go'] }) {
  const sync = useAct('sync_run');
  const demo = useAct('session_demo');
  if (busy) return <Loading label="redirects" rows={14} />;
  if (session.kind === 'files')
    return (
      <Empty icon="file" title="Files hold no incidents">
        Rules and playbooks from files are judged in Readiness; redirects come from a tenant or from the demo.
      </Empty>
    );
  const read = session.sources.some((source) => source.read_at !== null);
  if (!read)
    return (
      <Empty icon="redirect" title="No incidents read yet" actions={<Button appearance="primary" disabled={sync.isPending} onClick={() => sync.mutate({})}>Read from both APIs</Button>}>
        Redirects are followed while incidents are read from Sentinel and Defender.
      </Empty>
    );
  return (
    <Empty
      icon="redirect"
      title="No redirects"
      actions={
        <>
          <Button appearance="primary" onClick={() => go({ room: 'readiness', params: { check: 'AR-05' } })}>
            Open check AR-05
          </Button>
          <Button appearance="transparent" onClick={() => demo.mutate({})}>
            See it in the demo
          </Button>
        </>
      }
    >
      Correlation may be off for this tenant, or nothing has merged. The check AR-05 tells which.
    </Empty>
  );
}

interface ChainsProps extends ScreenProps {
  list: RedirectList;
  session: SessionState;
}

function Chains({ list, session, params, setParams, go }: ChainsProps) {
  const id = params['id'];
  const text = params['q'] ?? '';
  const known = params['known'] ?? '';
  const [choices, setChoices] = useState<Choices>(new Map());
  const found = useMemo(() => narrow(list, text, knownOf(known)), [list, text, known]);
  const narrowed = found !== list;
  const rows = treeRows(found, { choices, selected: id, narrowed });
  const [position, setPosition] = useState(() => firstSource(rows, id));
  const [followed, setFollowed] = useState(id);
  // A selection that came from the address takes the focused row along.
  if (followed !== id) {
    setFollowed(id);
    if (id !== undefined && rows[position]?.key !== id) setPosition(firstSource(rows, id));
  }
  const at = Math.min(position, Math.max(0, rows.length - 1));

  const select = (row: SourceRow, how: 'push' | 'replace') => setParams({ id: row.key }, how);
  // With a proof open, moving in the tree moves the proof too.
  const moveTo = (index: number) => {
    setPosition(index);
    const row = rows[index];
    if (id !== undefined && row?.kind === 'source') select(row, 'replace');
  };
  const step = (by: 1 | -1) => {
    const to = nextSource(rows, id, by);
    return to === undefined ? undefined : () => moveTo(to);
  };
  const toggle = (row: TreeRow) => setChoices(new Map([...choices, [row.key, row.place.expanded !== true]]));
  const close = () => {
    setParams({ id: undefined });
    document.querySelector<HTMLElement>('[role=treegrid] [role=row][tabindex="0"]')?.focus();
  };
  return (
    <ScreenBody>
      <ListRegion label="Redirect chains">
        {rows.length === 0 ? (
          <FilteredOut of={list.sources} chips={<Chips params={params} setParams={setParams} />} onClear={() => setParams({ q: undefined, known: undefined })} />
        ) : (
          <ChainTree rows={rows} selected={id} position={at} onPosition={moveTo} onSelect={(row) => select(row, id === undefined ? 'push' : 'replace')} onToggle={toggle} onEscape={id === undefined ? undefined : close} now={session.now} resetKey={`${text}|${known}`} />
        )}
      </ListRegion>
      <PanelFrame label="Where they went" screen="redirects" width={524} besideOnly={id === undefined} onClose={id === undefined ? undefined : close} onPrevious={step(-1)} onNext={step(1)}>
        <Where list={list} selected={targetOf(list, id)} table={params['view'] === 'table'} onTable={(table) => setParams({ view: table ? 'table' : undefined }, 'replace')} />
        {id === undefined ? (
          <p className={css['hint']}>Choose an incident in the tree: its proof is shown here, answer by answer.</p>
        ) : (
          <Proof id={id} onClose={close} onPrevious={step(-1)} onNext={step(1)} onIncident={(key) => go({ room: 'incidents', params: { id: key } })} onTarget={(graphId) => go({ room: 'incidents', params: { q: graphId } })} />
        )}
      </PanelFrame>
    </ScreenBody>
  );
}

function Chips({ params, setParams }: Pick<ScreenProps, 'params' | 'setParams'>) {
  const known = knownOf(params['known']).map((one) => KNOWN[one].word).join(', ');
  return (
    <>
      {params['q'] ? <FilterChip name="Words" value={params['q']} words={`Words ${params['q']}`} onClear={() => setParams({ q: undefined })} /> : null}
      {known ? <FilterChip name="Known by" value={known} words={`Known by ${known}`} onClear={() => setParams({ known: undefined })} /> : null}
    </>
  );
}

function Where({ list, selected, table, onTable }: { list: RedirectList; selected: string | undefined; table: boolean; onTable: (table: boolean) => void }) {
  const flow = useMemo(() => flowOf(list, 6), [list]);
  return (
    <section className={css['where']} aria-label="Where they went">
      <div className="cw-row">
        <h2>Where they went</h2>
        <span className="cw-end" />
        <Segments label="View" choices={[{ key: 'map', label: 'Map' }, { key: 'table', label: 'Table' }]} selected={table ? 'table' : 'map'} onSelect={(key) => onTable(key === 'table')} />
      </div>
      {table ? <FlowTable flow={flow} /> : <RedirectMap flow={flow} selected={selected} />}
    </section>
  );
}

/** The map's node of a source's target; the rest are drawn as one. */
function targetOf(list: RedirectList, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const open = list.unresolved.find((row) => row.key === id);
  if (open) return isUnread(open) ? 'to:unread' : 'to:unresolved';
  const group = list.groups.find(({ rows }) => rows.some((row) => row.key === id));
  return group === undefined ? undefined : targetKey(group.target.graph_id).replace('target:', 'to:');
}

function firstSource(rows: readonly TreeRow[], id: string | undefined): number {
  const found = rows.findIndex((row) => row.key === id);
  return found >= 0 ? found : Math.max(0, rows.findIndex((row) => row.kind === 'source'));
}

function nextSource(rows: readonly TreeRow[], id: string | undefined, by: 1 | -1): number | undefined {
  const at = rows.findIndex((row) => row.key === id);
  if (at < 0) return undefined;
  for (let to = at + by; to >= 0 && to < rows.length; to += by) if (rows[to]?.kind === 'source') return to;
  return undefined;
}
