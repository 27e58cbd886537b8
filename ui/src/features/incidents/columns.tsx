// The queue's columns. Narrow grids drop them in the order created, tags, workspace, owner, alerts; never severity, title, status, time.
import type { IncidentRow, Presence } from '../../contract/rpc.gen';
import { TitleCell, type Column } from '../../design/DataGrid';
import { Icon } from '../../design/icons';
import { SeverityMark } from '../../design/SeverityMark';
import { SourceBadges, type Lane } from '../../design/SourceBadge';
import { Time } from '../../design/Time';
import { visible } from '../../lib/visible';
import { statusWord } from './filter';
import css from './incidents.module.css';

const LANES: Record<Presence, readonly Lane[]> = {
  both: ['s', 'd'],
  sentinel_only: ['s'],
  twin_not_proved: ['s'],
  twin_missing: ['s'],
  defender_not_read: ['s'],
  defender_only: ['d'],
};

/** Why the other side's badge is dashed; absent where no other side is due. */
export const MISSING: Partial<Record<Presence, string>> = {
  twin_not_proved: 'Twin not proved: named Microsoft XDR without a Defender address, as incidents made by API are',
  twin_missing: 'Twin missing: Defender was read and does not show it',
  defender_not_read: 'Defender was not read yet',
};

const REASONS: Record<string, string> = {
  cycle: 'Cycle',
  target_not_visible: 'Target not visible',
  other_workspace: 'Other workspace',
  chain_too_long: 'Chain too long',
  target_not_read: 'Target not read yet',
};

export function reasonWord(reason: string): string {
  return REASONS[reason] ?? reason;
}

export function Sources({ presence }: { presence: Presence }) {
  const why = MISSING[presence];
  return <SourceBadges lanes={LANES[presence]} missing={why === undefined ? undefined : { lane: 'd', why }} />;
}

/** The status, or for a merged incident the arrow with its target. */
function StatusCell({ row }: { row: IncidentRow }) {
  if (!row.redirected) return <bdi className="cw-cut">{statusWord(row.status)}</bdi>;
  if (row.target !== null)
    return (
      <span className={css['target']} title={`Redirected to ${row.target}`}>
        <Icon name="redirect" size={14} />
        <span className="cw-sr">Redirected to </span>
        <bdi className="cw-cut">{row.target}</bdi>
      </span>
    );
  return (
    <span className={css['unresolved']} title={row.unresolved_reason === null ? 'Redirected' : reasonWord(row.unresolved_reason)}>
      <Icon name={row.unresolved_reason === null ? 'redirect' : 'unlink'} size={14} />
      <span className="cw-cut">{row.unresolved_reason === null ? 'Redirected' : reasonWord(row.unresolved_reason)}</span>
    </span>
  );
}

function cut(text: string | null) {
  return text === null || text === '' ? (
    <span className="cw-fg3">–</span>
  ) : (
    <bdi className="cw-cut" style={{ display: 'block' }} title={visible(text)}>
      {visible(text)}
    </bdi>
  );
}

/** Made once: a list writes many. */
const NUMBER = new Intl.NumberFormat('en');

/** Never hidden. */
export const FIXED_COLUMNS = ['severity', 'title', 'status', 'updated'];

/** `now` is the session's clock. */
export function columnsFor(now: string | undefined): Column<IncidentRow>[] {
  return [
    { key: 'severity', header: 'Severity', width: '72px', sortKey: 'severity', cell: (row) => <SeverityMark severity={row.severity} /> },
    {
      key: 'title',
      header: 'Title',
      width: 'minmax(120px, 1fr)',
      sortKey: 'title',
      cell: (row) => <TitleCell after={row.absorbed > 0 ? <span className="cw-fg3 cw-nowrap">{row.absorbed} merged</span> : null}>{row.title}</TitleCell>,
    },
    { key: 'status', header: 'Status', width: '92px', sortKey: 'status', cell: (row) => <StatusCell row={row} /> },
    { key: 'in', header: 'In', width: '36px', cell: (row) => <Sources presence={row.presence} /> },
    { key: 'owner', header: 'Owner', width: '150px', sortKey: 'owner', minGrid: 860, cell: (row) => cut(row.owner) },
    { key: 'alerts', header: 'Alerts', width: '48px', sortKey: 'alerts', align: 'end', minGrid: 760, cell: (row) => (row.alerts === null ? '–' : NUMBER.format(row.alerts)) },
    { key: 'tags', header: 'Tags', width: '130px', minGrid: 1060, cell: (row) => cut(row.tags.join(', ')) },
    { key: 'workspace', header: 'Workspace', width: '110px', sortKey: 'workspace', minGrid: 960, cell: (row) => cut(row.workspace) },
    { key: 'number', header: 'Sentinel', width: '70px', sortKey: 'number', align: 'end', off: true, cell: (row) => cut(row.number?.toString() ?? null) },
    { key: 'defender_id', header: 'Defender', width: '70px', align: 'end', off: true, cell: (row) => cut(row.graph_id) },
    { key: 'sentinel_id', header: 'Sentinel id', width: '130px', off: true, cell: (row) => cut(row.sentinel_id) },
    { key: 'created', header: 'Created', width: '66px', sortKey: 'created', align: 'end', minGrid: 1160, cell: (row) => <Time at={row.created} now={now} /> },
    { key: 'updated', header: 'Updated', width: '88px', sortKey: 'updated', align: 'end', minGrid: 460, inList: true, cell: (row) => <Time at={row.updated} now={now} /> },
  ];
}
