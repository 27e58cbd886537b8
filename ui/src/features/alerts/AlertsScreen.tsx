// Alerts that no incident holds: in the log alone, so neither portal shows them and nobody gets a ticket.
import { Button } from '@fluentui/react-components';
import { useLatestJob } from '../../contract/jobs';
import { usePages } from '../../contract/pages';
import { useAct, useRpc } from '../../contract/rpc';
import type { AlertFilter, AlertPage, LogAlert, SessionState } from '../../contract/rpc.gen';
import { FilterChip, ToggleChip } from '../../design/Chip';
import { TextCell, TitleCell, type Column } from '../../design/DataGrid';
import { JobBand } from '../../design/JobBand';
import { PagedList } from '../../design/PagedList';
import { IconButton } from '../../design/Panel';
import { ListRegion, ScreenBody, ScreenHead, Toolbar } from '../../design/Screen';
import { SearchField } from '../../design/SearchField';
import { severityWord, SeverityMark } from '../../design/SeverityMark';
import { Empty, ErrorState, FilteredOut, Loading, NothingOpen, Partial } from '../../design/states';
import { Time } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { isUnderWay } from '../../lib/progress';
import { visible } from '../../lib/visible';
import { AlertPanel } from './AlertPanel';

const TITLE = 'Alerts without an incident';

export function AlertsScreen(props: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  if (session?.kind === 'none')
    return (
      <>
        <ScreenHead title={TITLE} />
        <NothingOpen icon="flag" onStart={() => props.go({ room: 'start' })}>
          Alerts of rules that create no incident stand in the log alone. They are listed here once a tenant was read.
        </NothingOpen>
      </>
    );
  return session === undefined ? <Loading label="alerts" rows={14} /> : <Alerts {...props} session={session} />;
}

function filterOf(params: ScreenProps['params']): AlertFilter {
  const list = (text: string | undefined) => (text === undefined ? [] : text.split(',').filter(Boolean));
  return { text: params['q'] ?? '', severity: list(params['severity']), workspace: list(params['workspace']) };
}

function Alerts({ params, setParams, session }: ScreenProps & { session: SessionState }) {
  const filter = filterOf(params);
  const pages = usePages('alert_list', { filter });
  const sync = useLatestJob('sync_run');
  const reading = useLatestJob('alert_read');
  const read = useAct('alert_read');
  const { data, error, refetch } = pages.head;
  const busy = read.isPending || isUnderWay(reading) || isUnderWay(sync);
  const onRead = data?.readable && !busy ? () => read.mutate({}) : undefined;
  const onText = (q: string) => setParams({ q: q || undefined, id: undefined }, 'replace');
  return (
    <>
      <ScreenHead
        title={TITLE}
        meta={<span role="status">{metaOf(data)}</span>}
        tools={
          <>
            <SearchField label="Search alerts" placeholder="Title, rule, entity, id" value={filter.text} onSearch={onText} />
            {onRead ? <IconButton icon="refresh" label="Read all of them again" onClick={onRead} /> : null}
          </>
        }
      />
      {data !== undefined && data.of > 0 ? <Filters page={data} filter={filter} setParams={setParams} /> : null}
      <JobBand name="Alerts" job={reading} />
      <Troubles page={data} />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading label="alerts" rows={14} />
      ) : data.of === 0 ? (
        <NoAlerts page={data} busy={busy} onRead={onRead} />
      ) : (
        <ScreenBody>
          <ListRegion label="Alerts">
            {data.total === 0 ? (
              <FilteredOut
                of={data.of}
                chips={filter.text === '' ? null : <FilterChip name="Words" value={visible(filter.text)} words={`Words ${visible(filter.text)}`} onClear={() => onText('')} />}
                onClear={() => setParams({ q: undefined, severity: undefined, workspace: undefined })}
              />
            ) : (
              <PagedList label="Alerts" columns={columnsFor(session.now)} pages={pages} keyOf={(row) => row.key} open={params['id']} onOpen={(id, how) => setParams({ id }, how)} resetKey={JSON.stringify(filter)} />
            )}
          </ListRegion>
          {params['id'] === undefined ? null : <AlertPanel pages={pages} open={params['id']} setParams={setParams} />}
        </ScreenBody>
      )}
    </>
  );
}

/** How many, and how old: the oldest reading counts. */
function metaOf(page: AlertPage | undefined) {
  if (page === undefined || page.readings.length === 0) return '';
  const ages = page.readings.map((one) => one.read_at);
  const oldest = ages.includes(null) ? null : (ages.toSorted()[0] ?? null);
  return (
    <>
      {page.total.toLocaleString('en')} of {page.of.toLocaleString('en')} in the log alone
      {oldest === null ? ', not every workspace was read' : <>, read <Time at={oldest} /></>}
    </>
  );
}

function Filters({ page, filter, setParams }: { page: AlertPage; filter: AlertFilter; setParams: ScreenProps['setParams'] }) {
  const toggle = (name: 'severity' | 'workspace', value: string) => {
    const next = filter[name].includes(value) ? filter[name].filter((one) => one !== value) : [...filter[name], value];
    setParams({ [name]: next.join(',') || undefined, id: undefined });
  };
  return (
    <Toolbar label="Filters">
      {page.severity.map(({ value, count }) => (
        <ToggleChip key={value} label={visible(severityWord(value))} count={count} pressed={filter.severity.includes(value)} onToggle={() => toggle('severity', value)} />
      ))}
      <span className="cw-end" />
      {page.workspace.map(({ value, count }) => (
        <ToggleChip key={value} label={visible(value)} count={count} pressed={filter.workspace.includes(value)} onToggle={() => toggle('workspace', value)} />
      ))}
    </Toolbar>
  );
}

/** What was refused or came in part; the rows below stay readable. */
function Troubles({ page }: { page: AlertPage | undefined }) {
  return page?.readings.map(({ workspace, trouble, read_at }) =>
    trouble === null ? null : (
      <Partial key={workspace} title={read_at === null ? `The log of ${visible(workspace)} could not be read.` : `Of ${visible(workspace)} some alerts may be missing.`} request={trouble}>
        <bdi>{visible(trouble)}</bdi>
      </Partial>
    ),
  );
}

function NoAlerts({ page, busy, onRead }: { page: AlertPage; busy: boolean; onRead: (() => void) | undefined }) {
  if (page.readings.some((one) => one.read_at !== null))
    return (
      <Empty icon="check" title="Every alert has an incident">
        No alert of the log, older than ten minutes, stands without one.
      </Empty>
    );
  if (!page.readable)
    return (
      <Empty icon="flag" title="Files hold no alerts">
        Alerts are read from the log of a tenant.
      </Empty>
    );
  return (
    <Empty
      icon="flag"
      title={busy ? 'Being read' : 'Not read yet'}
      actions={
        onRead ? (
          <Button appearance="primary" onClick={onRead}>
            Read them now
          </Button>
        ) : null
      }
    >
      Alerts of rules that create no incident are not in Defender, not in Graph and in no ticket. The log has them.
    </Empty>
  );
}

function columnsFor(now: string): Column<LogAlert>[] {
  return [
    { key: 'severity', header: 'Severity', width: '72px', cell: (row) => <SeverityMark severity={row.severity} /> },
    { key: 'title', header: 'Title', width: 'minmax(0, 1fr)', cell: (row) => <TitleCell>{row.title}</TitleCell> },
    { key: 'rule', header: 'Raised by', width: 'minmax(0, 0.7fr)', minGrid: 760, cell: (row) => <TextCell>{row.rule ?? row.product}</TextCell> },
    { key: 'entity', header: 'About', width: '110px', minGrid: 640, cell: (row) => <TextCell>{row.entity}</TextCell> },
    { key: 'workspace', header: 'Workspace', width: '110px', minGrid: 900, cell: (row) => <TextCell>{row.workspace}</TextCell> },
    { key: 'written', header: 'Written', width: '88px', align: 'end', cell: (row) => <Time at={row.written} now={now} /> },
  ];
}
