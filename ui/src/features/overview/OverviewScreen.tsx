// Where the move stands: two clocks, what to do first, checks by area with their coverage, redirects, reading, mail.
// Every figure is the store's and stands with its whole; what has not run says so.
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useLatestJob } from '../../contract/jobs';
import { useAct, useRpc } from '../../contract/rpc';
import type { AreaVerdicts, Deadline, FirstThing, JobView, Overview, SessionState, SourceAge } from '../../contract/rpc.gen';
import { CompositionBar, CompositionNumbers, verdictWords, type VerdictCounts } from '../../design/CompositionBar';
import { Countdown } from '../../design/Countdown';
import { CopyButton } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { JobBand } from '../../design/JobBand';
import { Words } from '../../design/Prose';
import { Card, ScreenHead } from '../../design/Screen';
import { ErrorState, Loading, NothingOpen } from '../../design/states';
import { Time } from '../../design/Time';
import { VerdictPill } from '../../design/VerdictPill';
import { placeOf, type ScreenProps } from '../../lib/place';
import { isUnderWay } from '../../lib/progress';
import { dayInWords } from '../../lib/time';
import { visible } from '../../lib/visible';
import css from './overview.module.css';

export function OverviewScreen({ go }: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  const { data, error, refetch } = useRpc('overview_get', {}, { enabled: session !== undefined && session.kind !== 'none' });
  const sync = useLatestJob('sync_run');
  const checks = useLatestJob('readiness_run');
  const run = useAct('readiness_run');
  if (session?.kind === 'none')
    return (
      <>
        <ScreenHead title="Overview" />
        <NothingOpen icon="overview" onStart={() => go({ room: 'start' })}>
          The demo tenant shows a move half done within a minute, without signing in anywhere.
        </NothingOpen>
      </>
    );
  return (
    <>
      <ScreenHead
        title="Overview"
        meta={session ? placesOf(session) : ''}
        tools={
          session && session.kind !== 'files' ? (
            <Button appearance="primary" icon={<Icon name="play" />} disabled={run.isPending || isUnderWay(checks)} onClick={() => run.mutate({})}>
              Run checks
            </Button>
          ) : null
        }
      />
      <div className={isUnderWay(sync) || isUnderWay(checks) ? css['jobs'] : undefined}>
        <JobBand name="Sync" job={sync} />
        <JobBand name="Checks" job={checks} />
      </div>
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined || session === undefined ? (
        <Loading label="overview" rows={10} />
      ) : (
        <Cards overview={data} session={session} go={go} sync={sync} checks={checks} />
      )}
    </>
  );
}

function placesOf(session: SessionState): string {
  const { workspaces } = session;
  if (session.kind === 'files') return 'From files; no tenant is asked.';
  if (workspaces.length === 0) return '';
  return `${workspaces.length} ${workspaces.length === 1 ? 'workspace' : 'workspaces'}: ${workspaces.slice(0, 3).map(visible).join(', ')}${workspaces.length > 3 ? ', …' : ''}`;
}

interface CardsProps {
  overview: Overview;
  session: SessionState;
  go: ScreenProps['go'];
  sync: JobView | undefined;
  checks: JobView | undefined;
}

function Cards({ overview, session, go, sync, checks }: CardsProps) {
  const files = session.kind === 'files';
  return (
    <div className={`cw-scroll ${css['cards']}`} data-region="list" tabIndex={-1}>
      {overview.deadlines.map((deadline) => (
        <DeadlineCard key={deadline.id} deadline={deadline}>
          {deadline.id === 'sentinel' && overview.incidents > 0 ? <Homes overview={overview} /> : null}
        </DeadlineCard>
      ))}
      <FirstCard first={overview.first} ran={overview.coverage !== null} busy={isUnderWay(sync) || isUnderWay(checks)} go={go} />
      <ReadinessCard overview={overview} busy={isUnderWay(checks)} go={go} />
      {files ? null : (
        <>
          <RedirectsCard overview={overview} go={go} />
          <SyncCard overview={overview} session={session} />
          <MailCard mail={overview.mail} go={go} />
        </>
      )}
    </div>
  );
}

/** Where the incidents live: the part that only Sentinel shows is what the move concerns. */
function Homes({ overview: { incidents, sentinel_incidents: sentinel, graph_incidents: graph } }: { overview: Overview }) {
  const both = sentinel + graph - incidents;
  const parts = [
    { key: 'sentinel', words: 'in Sentinel alone', count: sentinel - both },
    { key: 'both', words: 'in both', count: both },
    { key: 'defender', words: 'in Defender alone', count: graph - both },
  ];
  return (
    <div className={css['homes']}>
      <span className="cw-fg3">{incidents.toLocaleString('en')} incidents in the store</span>
      <div className={css['homesBar']} role="img" aria-label={parts.map(({ words, count }) => `${count.toLocaleString('en')} ${words}`).join(', ')}>
        {parts.map(({ key, count }) => (count > 0 ? <i key={key} className={css[key]} style={{ flex: count }} /> : null))}
      </div>
      <ul>
        {parts.map(({ key, words, count }) => (
          <li key={key}>
            <i className={`${css['dot']} ${css[key]}`} />
            <strong>{count.toLocaleString('en')}</strong> {words}
          </li>
        ))}
      </ul>
    </div>
  );
}

function DeadlineCard({ deadline, children }: { deadline: Deadline; children: ReactNode }) {
  return (
    <section className={`${css['card']} ${css['clock']} ${deadline.id === 'sentinel' ? css['c7'] : css['c5']}`} aria-label={deadline.title}>
      <h2>{deadline.title}</h2>
      {children}
      <Countdown days={deadline.days} date={dayInWords(deadline.date)} />
      <p className={css['note']}>
        <Words text={deadline.note} />
      </p>
      <p className={css['page']}>
        <code className="cw-cut" title={deadline.page}>
          {deadline.page}
        </code>
        <CopyButton text={deadline.page} label={`Copy the address of Microsoft’s page: ${deadline.title}`} />
      </p>
    </section>
  );
}

function FirstCard({ first, ran, busy, go }: { first: readonly FirstThing[]; ran: boolean; busy: boolean; go: ScreenProps['go'] }) {
  return (
    <div className={css['c7']}>
      <Card title="Do first" note={ran ? 'from the last run, by effect' : ''} tools={<Button size="small" appearance="transparent" onClick={() => go({ room: 'readiness' })}>All findings</Button>}>
        {first.length === 0 ? (
          <p className={css['empty']}>{busy ? 'The first reading is under way; what to do first follows from it.' : ran ? 'Nothing broken was found. What could not run is listed in Readiness.' : 'Run the checks to see what breaks in the move.'}</p>
        ) : (
          <ol className={css['first']}>
            {first.map((thing, at) => (
              <li key={at}>
                <VerdictPill verdict={thing.verdict} as="mark" />
                <div className="cw-col">
                  <span className={css['firstTitle']}>
                    <Words text={thing.title} />
                  </span>
                  <span className={css['firstDetail']}>
                    <Words text={thing.detail} />
                  </span>
                </div>
                <OpenButton thing={thing} go={go} />
              </li>
            ))}
          </ol>
        )}
      </Card>
    </div>
  );
}

/** A route that leads nowhere gets no button. */
function OpenButton({ thing, go }: { thing: FirstThing; go: ScreenProps['go'] }) {
  const place = placeOf(thing.route);
  if (!place) return null;
  const words = { redirects: 'See chains', mail: 'See tests', accounts: 'See account' }[place.room as string] ?? 'See proof';
  return (
    <Button size="small" aria-label={`${words}: ${visible(thing.title)}`} onClick={() => go(place)}>
      {words}
    </Button>
  );
}

function countsOf(pairs: AreaVerdicts['verdicts']): VerdictCounts {
  return Object.fromEntries(pairs);
}

function sum(areas: readonly AreaVerdicts[]): VerdictCounts {
  const all: VerdictCounts = {};
  for (const [verdict, count] of areas.flatMap((area) => area.verdicts)) all[verdict] = (all[verdict] ?? 0) + count;
  return all;
}

function ReadinessCard({ overview, busy, go }: { overview: Overview; busy: boolean; go: ScreenProps['go'] }) {
  const { coverage, areas } = overview;
  const note = coverage ? `${coverage.ran} of ${coverage.total} checks ran${coverage.could_not_run > 0 ? `, ${coverage.could_not_run} could not` : ''}` : '';
  return (
    <div className={css['c5']}>
      <Card title="Readiness" note={note} tools={<Button size="small" appearance="transparent" onClick={() => go({ room: 'readiness' })}>All checks</Button>}>
        {coverage === null ? (
          <p className={css['empty']}>{busy ? 'The checks are running.' : 'No checks have run yet.'}</p>
        ) : (
          <>
            <div className={css['whole']}>
              <CompositionBar counts={sum(areas)} />
              <CompositionNumbers counts={sum(areas)} />
            </div>
            <div className={css['areasHead']}>
              <span>By area</span>
              <span>passed</span>
            </div>
            <ul className={css['areas']}>
              {areas.map((area) => {
                const counts = countsOf(area.verdicts);
                const total = area.verdicts.reduce((all, [, count]) => all + count, 0);
                return (
                  <li key={area.area}>
                    <span className="cw-cut">{area.area}</span>
                    <CompositionBar counts={counts} />
                    <span className="cw-num cw-fg3">{`${counts.pass ?? 0} of ${total}`}</span>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </Card>
    </div>
  );
}

function Figure({ value, words, tone }: { value: number; words: string; tone?: 'warn' | undefined }) {
  return (
    <div className={`${css['figure']} ${tone ? css[tone] : ''}`}>
      <strong>{value.toLocaleString('en')}</strong>
      <span>{words}</span>
    </div>
  );
}

function RedirectsCard({ overview, go }: { overview: Overview; go: ScreenProps['go'] }) {
  return (
    <div className={css['c4']}>
      <Card title="Redirects" note={overview.incidents === 0 ? '' : `of ${overview.incidents.toLocaleString('en')} incidents`} tools={<Button size="small" appearance="transparent" onClick={() => go({ room: 'redirects' })}>All chains</Button>}>
        <div className={css['figures']}>
          <Figure value={overview.redirected} words="redirected" />
          <Figure value={overview.resolved} words="resolved" />
          <Figure value={overview.unresolved} words="unresolved" tone={overview.unresolved > 0 ? 'warn' : undefined} />
          {overview.not_read === 0 ? null : <Figure value={overview.not_read} words="not read yet" />}
        </div>
        <p className={css['foot']}>{overview.incidents === 0 ? 'No incident is in the store.' : overview.redirected === 0 ? 'No merged incident is in the store.' : `${overview.resolved.toLocaleString('en')} of ${overview.redirected.toLocaleString('en')} lead to the incident that holds their alerts now.`}</p>
      </Card>
    </div>
  );
}

const API_NAMES: Record<string, string> = { sentinel: 'Sentinel', graph: 'Defender', logs: 'Log Analytics' };

function SyncCard({ overview, session }: { overview: Overview; session: SessionState }) {
  return (
    <div className={css['c4']}>
      <Card title="Read" note={overview.incidents === 0 ? '' : `${overview.twins.toLocaleString('en')} twins among ${overview.incidents.toLocaleString('en')} incidents`}>
        <ul className={css['sources']}>
          {session.sources.map((source) => (
            <SourceLine key={source.api} source={source} now={session.now} />
          ))}
          {session.sources.length === 0 ? <li>Nothing was read yet.</li> : null}
        </ul>
      </Card>
    </div>
  );
}

function saidOf(source: SourceAge) {
  const said = source.trouble ?? source.note;
  return said === null ? undefined : visible(said);
}

function SourceLine({ source, now }: { source: SourceAge; now: string }) {
  return (
    <li>
      <span className={source.trouble !== null ? css['bad'] : source.read_at === null ? css['waiting'] : css['good']}>
        <Icon name={source.trouble !== null ? 'warn' : source.read_at === null ? 'clock' : 'check'} size={14} />
      </span>
      <span className="cw-cut" title={saidOf(source)}>
        {API_NAMES[source.api] ?? source.api} <span className="cw-fg3">{source.trouble === null ? [`${source.rows.toLocaleString('en')} rows`, source.note === null ? '' : visible(source.note)].filter(Boolean).join(' · ') : visible(source.trouble)}</span>
      </span>
      <span className="cw-fg3 cw-nowrap">{source.read_at === null ? 'not read' : <Time at={source.read_at} now={now} />}</span>
    </li>
  );
}

function MailCard({ mail, go }: { mail: Overview['mail']; go: ScreenProps['go'] }) {
  const counts: VerdictCounts = Object.fromEntries(mail);
  return (
    <div className={css['c4']}>
      <Card title="Mail" note={mail.length === 0 ? '' : 'last test'} tools={<Button size="small" appearance="transparent" onClick={() => go({ room: 'mail' })}>{mail.length === 0 ? 'Test a mailbox' : 'All tests'}</Button>}>
        {mail.length === 0 ? (
          <p className={css['empty']}>No mailbox tested yet. A test shows whether a mailer still works, by SMTP and by Graph.</p>
        ) : (
          <div className={css['whole']}>
            <CompositionBar counts={counts} />
            <p className={css['foot']} style={{ padding: '8px 0 0' }}>
              {verdictWords(counts)}
            </p>
          </div>
        )}
      </Card>
    </div>
  );
}
