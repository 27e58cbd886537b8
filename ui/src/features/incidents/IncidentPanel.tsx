// One incident: what it is, how both APIs tell it field by field, and both answers verbatim.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useRpc } from '../../contract/rpc';
import type { IncidentDetail, IncidentListed, IncidentRow, IncidentSide } from '../../contract/rpc.gen';
import { DiffHead, DiffLegend, DiffRow } from '../../design/DiffRow';
import { cutText, linesOf } from '../../design/evidence-lines';
import { CopyButton, EvidenceBlock } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Panel } from '../../design/Panel';
import { Facts, Section } from '../../design/Screen';
import { SeverityMark } from '../../design/SeverityMark';
import { SourceBadge, type Lane } from '../../design/SourceBadge';
import { ErrorState, Loading } from '../../design/states';
import { Tabs, type Choice } from '../../design/Tabs';
import { Time } from '../../design/Time';
import { hrefOf } from '../../lib/place';
import { visible } from '../../lib/visible';
import { ChangesTab } from './change/Outcomes';
import { MISSING, reasonWord } from './columns';
import { statusWord } from './filter';
import css from './incidents.module.css';
import { isPartTab, PartTab } from './parts/PartTab';
import { useParts, type PartsReading } from './parts/reading';
import { Portals } from './Portals';

export const TABS = ['summary', 'alerts', 'entities', 'timeline', 'comments', 'tasks', 'compare', 'raw', 'changes'] as const;
export type TabKey = (typeof TABS)[number];
const CHOICES: readonly Choice<TabKey>[] = [
  { key: 'summary', label: 'Summary' },
  { key: 'alerts', label: 'Alerts' },
  { key: 'entities', label: 'Entities' },
  { key: 'timeline', label: 'Timeline' },
  { key: 'comments', label: 'Comments' },
  { key: 'tasks', label: 'Tasks' },
  { key: 'compare', label: 'Compare' },
  { key: 'raw', label: 'Raw' },
  { key: 'changes', label: 'Changes' },
];

export interface IncidentPanelProps {
  incidentKey: string;
  tab: TabKey;
  onTab: (tab: TabKey) => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
  /** Leads to the incident with this Graph id. */
  onTarget: (graphId: string) => void;
  /** Leads to the proof of a merged incident's hops. */
  onProof: (key: string) => void;
}

export function IncidentPanel({ incidentKey, tab, onTab, onPrevious, onNext, onClose, onTarget, onProof }: IncidentPanelProps) {
  const { data, error, refetch } = useRpc('incident_get', { key: incidentKey }, { keep: true });
  const parts = useParts(incidentKey, data !== undefined);
  const row = data?.row;
  return (
    <Panel
      label={row ? `Incident ${nameOf(row)}` : 'Incident'}
      screen="incidents"
      width={552}
      marks={row ? <Marks row={row} /> : null}
      title={row?.title ?? ''}
      below={row?.redirected ? <Merged row={row} onTarget={onTarget} onProof={() => onProof(row.key)} /> : null}
      tools={<CopyButton text={`${window.location.origin}/${hrefOf({ room: 'incidents', params: { id: incidentKey } })}`} label="Copy link" />}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
      bodyId="incident-body"
      tabs={<Tabs label="Incident" choices={CHOICES} selected={tab} onSelect={onTab} panelId="incident-body" size="small" />}
    >
      {error ? <ErrorState fault={error} onRetry={() => void refetch()} /> : data ? <Body detail={data} tab={tab} parts={parts} /> : <Loading label="incident" rows={6} />}
    </Panel>
  );
}

function nameOf(row: IncidentRow): string {
  return row.graph_id ?? (row.number === null ? row.key : `${row.number}`);
}

function Marks({ row }: { row: IncidentRow }) {
  return (
    <>
      <SeverityMark severity={row.severity} as="tag" />
      {row.number === null ? null : (
        <span className="cw-caption cw-fg2 cw-nowrap">
          Sentinel <strong>{row.number}</strong>
        </span>
      )}
      {row.graph_id === null ? null : (
        <span className="cw-caption cw-fg2 cw-nowrap">
          Defender <strong>{row.graph_id}</strong>
        </span>
      )}
    </>
  );
}

/** Where a merged incident went, or why that is not known. */
function Merged({ row, onTarget, onProof }: { row: IncidentRow; onTarget: (graphId: string) => void; onProof: () => void }) {
  const { target } = row;
  const proof = (
    <Button size="small" onClick={onProof}>
      See proof
    </Button>
  );
  if (target === null)
    return (
      <Notice tone="warn" icon="unlink" end={proof}>
        {row.unresolved_reason === null ? 'Merged; the target is not known.' : `Merged; unresolved: ${reasonWord(row.unresolved_reason).toLowerCase()}.`}
      </Notice>
    );
  return (
    <div className={css['merged']}>
      <Icon name="redirect" />
      <span className="cw-cut">
        Merged into <strong>{target}</strong>
      </span>
      <span className="cw-end" />
      {proof}
      <Button size="small" onClick={() => onTarget(target)}>
        Go to target
      </Button>
    </div>
  );
}

function Body({ detail, tab, parts }: { detail: IncidentDetail; tab: TabKey; parts: PartsReading }) {
  if (isPartTab(tab)) return <PartTab tab={tab} reading={parts} />;
  if (tab === 'compare') return <Compare detail={detail} />;
  if (tab === 'changes') return <ChangesTab key={detail.row.key} row={detail.row} />;
  return tab === 'raw' ? <Raw detail={detail} /> : <Summary detail={detail} />;
}

function Summary({ detail: { row, sentinel, graph, listed, portals } }: { detail: IncidentDetail }) {
  const missing = MISSING[row.presence];
  const description = sentinel?.description ?? graph?.description ?? null;
  return (
    <>
      {missing === undefined ? null : (
        <div style={{ paddingTop: 12 }}>
          <Notice tone="warn">{missing}.</Notice>
        </div>
      )}
      <Portals key={row.key} incidentKey={row.key} portals={portals} />
      <Section title="State">
        <Facts
          facts={[
            ['Status', statusWord(row.status)],
            ['Owner', row.owner ?? 'nobody'],
            ['Alerts', row.alerts === null ? null : row.alerts.toLocaleString('en')],
            ['Holds alerts of', row.absorbed === 0 ? null : `${row.absorbed} merged ${row.absorbed === 1 ? 'incident' : 'incidents'}`],
            ['Tags', row.tags.length === 0 ? 'none' : visible(row.tags.join(', '))],
            ['Workspace', row.workspace],
            ['Created', <Time key="created" at={row.created} form="full" />],
            ['Updated', <Time key="updated" at={row.updated} form="full" />],
            ['Seen in Sentinel', sentinel === null ? null : <Seen key="sentinel" side={sentinel} listed={listed} />],
            ['Seen in Defender', graph === null ? null : <Seen key="graph" side={graph} listed={null} />],
          ]}
        />
      </Section>
      <Section title="Names">
        <Facts
          facts={[
            ['Sentinel number', row.number],
            ['Sentinel id', copyable(row.sentinel_id, 'Sentinel id')],
            ['Defender id', copyable(row.graph_id, 'Defender id')],
            ['Sentinel portal', copyable(sentinel?.portal ?? null, 'Sentinel portal address')],
            ['Defender portal', copyable(graph?.portal ?? null, 'Defender portal address')],
          ]}
        />
      </Section>
      {description ? <Description text={description} /> : null}
    </>
  );
}

/** When a side was read last; between whole listings it may have gone since. */
function Seen({ side, listed }: { side: IncidentSide; listed: IncidentListed | null }) {
  return (
    <>
      last <Time at={side.read_at} />
      {listed === null ? null : (
        <>
          {' · '}
          {listed.held ? 'last full listing' : 'no longer listed'} <Time at={listed.at} />
        </>
      )}
    </>
  );
}

function copyable(text: string | null, what: string) {
  if (text === null || text === '') return null;
  return (
    <span className="cw-row" style={{ gap: 4 }}>
      <code className="cw-cut" title={text}>
        {text}
      </code>
      <CopyButton text={text} label={`Copy ${what}`} />
    </span>
  );
}

function Description({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const most = whole ? 100_000 : 2000;
  return (
    <Section title="Description">
      <p className={css['description']}>{visible(cutText(text, most))}</p>
      {text.length > 2000 && !whole ? (
        <Button size="small" appearance="transparent" onClick={() => setWhole(true)}>
          Show more
        </Button>
      ) : null}
    </Section>
  );
}

function Compare({ detail }: { detail: IncidentDetail }) {
  const readAt = (side: IncidentSide | null) => (side ? <Time at={side.read_at} now={side.read_at} /> : <span className="cw-fg3">not there</span>);
  return (
    <div role="table" aria-label="Both APIs, field by field" className={css['pad']}>
      <div role="rowgroup">
        <DiffHead sentinel={readAt(detail.sentinel)} graph={readAt(detail.graph)} />
      </div>
      <div role="rowgroup">
        {detail.compare.map((one) => (
          <DiffRow key={one.field} field={one.field} sentinel={one.sentinel} graph={one.graph} relation={one.relation} reason={one.reason} />
        ))}
      </div>
      <DiffLegend relations={detail.compare.map((one) => one.relation)} />
    </div>
  );
}

function Raw({ detail }: { detail: IncidentDetail }) {
  return (
    <div className={css['raw']}>
      <RawSide lane="s" side={detail.sentinel} />
      <RawSide lane="d" side={detail.graph} />
    </div>
  );
}

function RawSide({ lane, side }: { lane: Lane; side: IncidentSide | null }) {
  if (side === null) return null;
  const name = lane === 's' ? 'Sentinel answer' : 'Defender answer';
  return <EvidenceBlock label={name} mark={<SourceBadge lane={lane} />} request={side.request} when={<Time at={side.read_at} now={side.read_at} />} lines={linesOf(side.raw)} copy={side.raw} />;
}
