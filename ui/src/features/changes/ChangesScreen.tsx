// Every change that was made from here: what was sent, by whom, when, how it ended, and the way back.
import { Button } from '@fluentui/react-components';
import { useLatestJob } from '../../contract/jobs';
import { usePages } from '../../contract/pages';
import { useRpc } from '../../contract/rpc';
import type { ChangeOutcome, ChangePage, ChangeRow, SessionState } from '../../contract/rpc.gen';
import { memberWord, OutcomeMark, OUTCOMES, valueWords } from '../../design/ChangeParts';
import { FilterChip, ToggleChip } from '../../design/Chip';
import { TextCell, TitleCell, type Column } from '../../design/DataGrid';
import { JobBand } from '../../design/JobBand';
import { PagedList } from '../../design/PagedList';
import { ListRegion, ScreenBody, ScreenHead, Toolbar } from '../../design/Screen';
import { SearchField } from '../../design/SearchField';
import { SourceBadge } from '../../design/SourceBadge';
import { Empty, ErrorState, FilteredOut, Loading, NothingOpen } from '../../design/states';
import { Time } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { visible } from '../../lib/visible';
import { ChangePanel } from './ChangePanel';

const TITLE = 'Changes';

export function ChangesScreen(props: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  if (session?.kind === 'none')
    return (
      <>
        <ScreenHead title={TITLE} />
        <NothingOpen icon="swap" onStart={() => props.go({ room: 'start' })}>
          What is changed in a tenant from here is listed with what was sent, by whom and how it ended.
        </NothingOpen>
      </>
    );
  return session === undefined ? <Loading label="changes" rows={14} /> : <Changes {...props} session={session} />;
}

interface ChangeFilter {
  outcome: ChangeOutcome[];
  text: string;
}

function filterOf(params: ScreenProps['params']): ChangeFilter {
  const named = params['outcome']?.split(',') ?? [];
  return { text: params['q'] ?? '', outcome: named.filter((one): one is ChangeOutcome => one in OUTCOMES) };
}

function Changes({ params, setParams, go, session }: ScreenProps & { session: SessionState }) {
  const filter = filterOf(params);
  const pages = usePages('change_list', { key: null, ...filter });
  const applying = useLatestJob('change_apply');
  const undoing = useLatestJob('change_undo');
  const { data, error, refetch } = pages.head;
  const onText = (q: string) => setParams({ q: q || undefined, id: undefined }, 'replace');
  return (
    <>
      <ScreenHead title={TITLE} meta={<span role="status">{metaOf(data)}</span>} tools={<SearchField label="Search changes" placeholder="Title, id, who" value={filter.text} onSearch={onText} />} />
      {data !== undefined && data.of > 0 ? <Filters page={data} filter={filter} setParams={setParams} /> : null}
      <JobBand name="Changes" job={applying} />
      <JobBand name="Undo" job={undoing} />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading label="changes" rows={14} />
      ) : data.of === 0 ? (
        <NoneYet session={session} go={go} />
      ) : (
        <ScreenBody>
          <ListRegion label="Changes">
            {data.total === 0 ? (
              <FilteredOut
                of={data.of}
                chips={filter.text === '' ? null : <FilterChip name="Words" value={visible(filter.text)} words={`Words ${visible(filter.text)}`} onClear={() => onText('')} />}
                onClear={() => setParams({ q: undefined, outcome: undefined })}
              />
            ) : (
              <PagedList label="Changes" columns={columnsFor(session.now)} pages={pages} keyOf={(row) => String(row.id)} open={params['id']} onOpen={(id, how) => setParams({ id }, how)} resetKey={JSON.stringify(filter)} />
            )}
          </ListRegion>
          {params['id'] === undefined ? null : <ChangePanel pages={pages} confirm={data.confirm} open={params['id']} setParams={setParams} go={go} />}
        </ScreenBody>
      )}
    </>
  );
}

function metaOf(page: ChangePage | undefined): string {
  if (page === undefined || page.of === 0) return '';
  return `${page.total.toLocaleString('en')} of ${page.of.toLocaleString('en')} made from here, newest first`;
}

function Filters({ page, filter, setParams }: { page: ChangePage; filter: ChangeFilter; setParams: ScreenProps['setParams'] }) {
  const counts = new Map(page.outcomes.map(({ value, count }) => [value, count]));
  const shown = (Object.keys(OUTCOMES) as ChangeOutcome[]).filter((one) => counts.has(one) || filter.outcome.includes(one));
  const toggle = (one: ChangeOutcome) => {
    const next = filter.outcome.includes(one) ? filter.outcome.filter((other) => other !== one) : [...filter.outcome, one];
    setParams({ outcome: next.join(',') || undefined, id: undefined });
  };
  return (
    <Toolbar label="Filters">
      {shown.map((one) => (
        <ToggleChip key={one} icon={OUTCOMES[one].icon} label={OUTCOMES[one].word} count={counts.get(one) ?? 0} pressed={filter.outcome.includes(one)} onToggle={() => toggle(one)} />
      ))}
    </Toolbar>
  );
}

function NoneYet({ session, go }: { session: SessionState; go: ScreenProps['go'] }) {
  if (session.kind === 'files')
    return (
      <Empty icon="swap" title="Files are only read">
        Changes are made in a tenant; what is in files stays as it is.
      </Empty>
    );
  return (
    <Empty
      icon="swap"
      title="Nothing was changed from here"
      actions={
        <>
          <Button appearance="primary" onClick={() => go({ room: 'incidents' })}>
            Go to incidents
          </Button>
          <Button onClick={() => go({ room: 'accounts' })}>Choose the tier</Button>
        </>
      }
    >
      A change is a status, an owner, a severity, a classification, tags or a comment that is written to an incident. Each is previewed call by call, and listed here with what was sent, by whom, and how it ended. At Look and check nothing can be written; Respond, chosen for an account, allows it.
    </Empty>
  );
}

function columnsFor(now: string): Column<ChangeRow>[] {
  return [
    { key: 'outcome', header: 'Outcome', width: '138px', cell: (row) => <OutcomeMark outcome={row.outcome} /> },
    { key: 'title', header: 'Incident', width: 'minmax(120px, 1fr)', cell: (row) => <TitleCell>{row.title}</TitleCell> },
    { key: 'what', header: 'Change', width: 'minmax(0, 1fr)', minGrid: 560, cell: (row) => <TextCell>{wordsOf(row)}</TextCell> },
    { key: 'api', header: 'In', width: '36px', minGrid: 480, cell: (row) => (row.api === null ? '–' : <SourceBadge lane={row.api === 'graph' ? 'd' : 's'} />) },
    { key: 'by', header: 'By', width: '170px', minGrid: 800, cell: (row) => <TextCell>{row.by_name ?? row.by ?? '–'}</TextCell> },
    { key: 'undo', header: 'Undo', width: '92px', minGrid: 700, cell: (row) => (row.no_undo === null ? 'can be tried' : '–') },
    { key: 'at', header: 'When', width: '88px', align: 'end', cell: (row) => <Time at={row.at} now={now} /> },
  ];
}

/** `Takes back 4: Status Closed`. */
function wordsOf(row: ChangeRow): string {
  const fields = row.fields.map((field) => `${memberWord(field.member)} ${valueWords(field.after)}`);
  const all = [...fields, ...(row.comment === null ? [] : ['Comment'])].join(', ') || 'Nothing was sent';
  return row.undoes === null ? all : `Takes back ${row.undoes}: ${all}`;
}
