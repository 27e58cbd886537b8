// Everything that left this machine: one row per request, newest first, with sums per host. Secrets are masked by the core.
import { Button } from '@fluentui/react-components';
import { usePages } from '../../contract/pages';
import { useRpc } from '../../contract/rpc';
import type { RequestHost, RequestRow } from '../../contract/rpc.gen';
import { FilterChip } from '../../design/Chip';
import type { Column } from '../../design/DataGrid';
import { CopyButton } from '../../design/EvidenceBlock';
import { Notice } from '../../design/Notice';
import { PagedList } from '../../design/PagedList';
import { Panel } from '../../design/Panel';
import { Facts, ListRegion, ScreenBody, ScreenHead, Section } from '../../design/Screen';
import { SearchField } from '../../design/SearchField';
import { Empty, ErrorState, FilteredOut, Loading, NothingOpen } from '../../design/states';
import { Time, useZone } from '../../design/Time';
import { bytesInWords } from '../../lib/bytes';
import type { ScreenProps } from '../../lib/place';
import { clockSeconds } from '../../lib/time';
import { visible } from '../../lib/visible';
import css from './requests.module.css';

export function RequestsScreen(props: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  if (session?.kind === 'none')
    return (
      <>
        <ScreenHead title="Requests" />
        <NothingOpen icon="request" onStart={() => props.go({ room: 'start' })}>
          Nothing has left this PC. Each request of a session is listed here with its host, verb, path, bytes and status.
        </NothingOpen>
      </>
    );
  return <Requests {...props} ready={session !== undefined} />;
}

function Requests({ params, setParams, ready }: ScreenProps & { ready: boolean }) {
  const text = params['q'] ?? '';
  const pages = usePages('request_list', { text }, ready);
  // The sums of all hosts stand beside a filtered list, so that a host can be chosen and left again.
  const all = useRpc('request_list', { offset: 0, limit: 1, text: '' }, { enabled: ready }).data;
  const { data, error, refetch } = pages.head;
  const onText = (q: string) => setParams({ q: q || undefined, at: undefined }, 'replace');
  return (
    <>
      <ScreenHead
        title="Requests"
        meta={<span role="status">{metaOf(data?.total, all)}</span>}
        tools={<SearchField label="Search requests" placeholder="Host or path" value={text} onSearch={onText} />}
      />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : all === undefined ? (
        <Loading label="requests" rows={14} />
      ) : all.total === 0 ? (
        <Empty icon="request" title="Nothing has left this machine">
          Each request is listed here with its host, verb, path, bytes and status, from the first sync on. Secrets are masked before they are kept.
        </Empty>
      ) : (
        <ScreenBody>
          <Hosts hosts={all.hosts} text={text} onText={onText} />
          <ListRegion label="Requests">
            {data === undefined ? (
              <Loading label="requests" rows={14} />
            ) : data.total === 0 ? (
              <FilteredOut of={all.total} chips={<FilterChip name="Words" value={text} words={`Words ${text}`} onClear={() => onText('')} />} onClear={() => onText('')} />
            ) : (
              <Log pages={pages} text={text} open={params['at']} setParams={setParams} />
            )}
          </ListRegion>
          {params['at'] === undefined ? null : <RequestPanel pages={pages} open={params['at']} setParams={setParams} />}
        </ScreenBody>
      )}
    </>
  );
}

function metaOf(shown: number | undefined, all: { total: number; hosts: RequestHost[] } | undefined): string {
  if (shown === undefined || all === undefined) return '';
  const bytes = all.hosts.reduce((sum, host) => sum + host.bytes, 0);
  return `${shown.toLocaleString('en')} of ${all.total.toLocaleString('en')} that left this PC, ${bytesInWords(bytes)}. Secrets are masked before they are kept.`;
}

function Hosts({ hosts, text, onText }: { hosts: readonly RequestHost[]; text: string; onText: (text: string) => void }) {
  const most = Math.max(1, ...hosts.map((host) => host.requests));
  return (
    <div className={css['hosts']} role="group" aria-label="Hosts">
      <h2>Hosts</h2>
      {hosts.map((host) => (
        <button key={host.host} type="button" className={css['host']} aria-pressed={text === host.host} onClick={() => onText(text === host.host ? '' : host.host)}>
          <code className="cw-cut">{visible(host.host)}</code>
          <span>{host.requests.toLocaleString('en')}</span>
          <span className={css['share']}>
            <i style={{ width: `${(host.requests / most) * 100}%` }} />
          </span>
          <span className={css['bytes']}>{bytesInWords(host.bytes)}</span>
        </button>
      ))}
    </div>
  );
}

type LogPages = ReturnType<typeof usePages<'request_list'>>;

/** Rows have no number of their own: time to the millisecond, verb and path tell them apart. */
const keyOf = (row: RequestRow) => `${row.at} ${row.verb} ${row.host}${row.path}`;

interface LogProps {
  pages: LogPages;
  open: string | undefined;
  setParams: ScreenProps['setParams'];
}

function Log({ pages, text, open, setParams }: LogProps & { text: string }) {
  return <PagedList label="Requests" columns={useColumnsOfLog()} pages={pages} keyOf={keyOf} open={open} onOpen={(at, how) => setParams({ at }, how)} resetKey={text} />;
}

function useColumnsOfLog(): Column<RequestRow>[] {
  const zone = useZone();
  return [
    { key: 'at', header: 'Time', width: '62px', cell: (row) => <time dateTime={row.at} title={row.at} className="cw-mono cw-fg3">{clockSeconds(row.at, zone)}</time> },
    { key: 'verb', header: 'Verb', width: '46px', cell: (row) => <Verb verb={row.verb} /> },
    { key: 'host', header: 'Host', width: 'minmax(0, 0.5fr)', minGrid: 720, cell: (row) => <code className="cw-cut cw-fg3" style={{ display: 'block' }} title={visible(row.host)}>{visible(row.host)}</code> },
    { key: 'path', header: 'Path', width: 'minmax(0, 1fr)', cell: (row) => <code className={`cw-cut ${css['path']}`} title={visible(row.path)}>{visible(row.path)}</code> },
    { key: 'purpose', header: 'Why', width: '130px', minGrid: 560, cell: (row) => <bdi className="cw-cut" style={{ display: 'block' }}>{visible(row.purpose)}</bdi> },
    { key: 'bytes', header: 'Bytes', width: '66px', align: 'end', minGrid: 640, cell: (row) => <span className="cw-nowrap">{bytesInWords(row.bytes)}</span> },
    { key: 'status', header: 'Status', width: '58px', align: 'end', cell: (row) => <Status row={row} /> },
    { key: 'took', header: 'Took', width: '66px', align: 'end', cell: (row) => <span className="cw-nowrap">{row.refused !== null && row.status === null ? '–' : `${row.took_ms.toLocaleString('en')} ms`}</span> },
  ];
}

function Verb({ verb }: { verb: string }) {
  const tone = verb === 'SMTP' ? css['smtp'] : verb === 'GET' ? '' : css['sends'];
  return <span className={`${css['verb']} ${tone}`}>{verb}</span>;
}

function Status({ row }: { row: RequestRow }) {
  if (row.status === null) return <span className="cw-danger">{row.refused === null ? 'none' : 'refused'}</span>;
  const tone = row.status === 429 ? 'cw-warn' : row.status >= 400 ? 'cw-danger' : undefined;
  return <span className={tone}>{row.status}</span>;
}

function RequestPanel({ pages, open, setParams }: LogProps & { open: string }) {
  const at = pages.indexOf((row) => keyOf(row) === open);
  const row = at < 0 ? undefined : pages.getRow(at);
  const step = (to: number) => (at < 0 || to < 0 || to >= pages.count ? undefined : () => void pages.rowAt(to).then((next) => (next ? setParams({ at: keyOf(next) }, 'replace') : undefined)));
  const close = () => {
    setParams({ at: undefined });
    document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')?.focus();
  };
  return (
    <Panel label="Request" screen="requests" width={420} marks={row ? <Verb verb={row.verb} /> : null} title={row?.host ?? 'Not among the rows shown'} onPrevious={step(at - 1)} onNext={step(at + 1)} onClose={close}>
      {row ? (
        <RequestBody row={row} />
      ) : (
        <p className="cw-prose">
          This request is not in the list as it is filtered now.{' '}
          <Button size="small" onClick={() => setParams({ q: undefined, at: undefined })}>
            Show all requests
          </Button>
        </p>
      )}
    </Panel>
  );
}

function RequestBody({ row }: { row: RequestRow }) {
  return (
    <>
      {row.refused === null ? null : (
        <Notice tone="danger">
          <bdi>{visible(row.refused)}</bdi>
        </Notice>
      )}
      <Section title="Path and query" note={<CopyButton text={row.path} label="Copy path" />}>
        <code className={css['whole']}>{visible(row.path)}</code>
      </Section>
      <Section title="Facts">
        <Facts
          facts={[
            ['When', <Time key="at" at={row.at} form="full" />],
            ['Why', visible(row.purpose)],
            ['Status', row.status === null ? 'nothing answered' : String(row.status)],
            ['Took', `${row.took_ms.toLocaleString('en')} ms`],
            ['Bytes', `${row.bytes.toLocaleString('en')}`],
          ]}
        />
      </Section>
    </>
  );
}
