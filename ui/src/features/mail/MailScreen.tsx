// Whether a mailer works: one ladder of tests from token to delivery, each with its evidence, cause and fix.
// Start reading at `MailScreen`; the form's rules are in form.ts.
import { Button } from '@fluentui/react-components';
import { useLatestJob } from '../../contract/jobs';
import { useRpc } from '../../contract/rpc';
import type { MailLadder, SessionState } from '../../contract/rpc.gen';
import { CompositionBar, verdictWords, type VerdictCounts } from '../../design/CompositionBar';
import { Icon } from '../../design/icons';
import { JobBand } from '../../design/JobBand';
import { Ladder } from '../../design/Ladder';
import { Words } from '../../design/Prose';
import { ListRegion, ScreenBody, ScreenHead } from '../../design/Screen';
import { Empty, ErrorState, Loading, NothingOpen } from '../../design/states';
import { Time } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { isUnderWay } from '../../lib/progress';
import { visible } from '../../lib/visible';
import { ExplainPanel } from './ExplainPanel';
import { inOrder, stagesOf } from './form';
import css from './mail.module.css';
import { StepPanel } from './StepPanel';
import { TestForm } from './TestForm';

export function MailScreen({ params, setParams, go }: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  const open = session !== undefined && session.kind !== 'none' && session.kind !== 'files';
  const { data, error, refetch } = useRpc('mail_ladder', {}, { enabled: open });
  const job = useLatestJob('mail_test');
  const explain = params['explain'] === 'yes';
  const closePanel = () => {
    setParams({ explain: undefined, step: undefined });
    document.querySelector<HTMLElement>('[data-step][tabindex="0"], button[data-explain]')?.focus();
  };
  const body = !session ? (
    <Loading label="mail" rows={10} />
  ) : !open ? (
    <NoTenant session={session} go={go} />
  ) : error ? (
    <ErrorState fault={error} onRetry={() => void refetch()} />
  ) : data === undefined ? (
    <Loading label="mail" rows={10} />
  ) : (
    <>
      <div className={css['side']}>
        <TestForm key={session.name ?? ''} ladder={data} busy={isUnderWay(job)} />
      </div>
      <ListRegion label="Mail tests">
        <Steps ladder={data} session={session} busy={isUnderWay(job)} failure={job?.state === 'failed' ? job.failure?.message : undefined} selected={params['step']} onSelect={(step) => setParams({ step, explain: undefined }, params['step'] === undefined ? 'push' : 'replace')} />
      </ListRegion>
    </>
  );
  const steps = inOrder(data?.steps ?? []);
  const at = steps.findIndex((step) => step.id === params['step']);
  const step = steps[at];
  const goTo = (index: number) => (steps[index] === undefined ? undefined : () => setParams({ step: steps[index]?.id }, 'replace'));
  return (
    <>
      <ScreenHead
        title="Mail"
        meta="SMTP passwords go off by default at the end of December 2026; administrators may switch them back on."
        tools={
          <Button size="small" data-explain="" icon={<Icon name="search" size={14} />} onClick={() => setParams({ explain: explain ? undefined : 'yes', step: undefined })}>
            Explain an error
          </Button>
        }
      />
      <JobBand name="Mail test" job={job} />
      <ScreenBody>
        <div className={css['main']}>{body}</div>
        {explain ? <ExplainPanel onClose={closePanel} /> : step ? <StepPanel step={step} onPrevious={goTo(at - 1)} onNext={goTo(at + 1)} onClose={closePanel} /> : null}
      </ScreenBody>
    </>
  );
}

function NoTenant({ session, go }: { session: SessionState; go: ScreenProps['go'] }) {
  if (session.kind === 'none')
    return (
      <NothingOpen icon="mail" onStart={() => go({ room: 'start' })}>
        Mailers are tested in a tenant, or in the demo. An error text can be explained without either.
      </NothingOpen>
    );
  return (
    <Empty icon="mail" title="Files hold no mailbox" actions={<Button onClick={() => go({ room: 'start' })}>Choose what to open</Button>}>
      A mail test needs a tenant or the demo. An error text can be explained without either.
    </Empty>
  );
}

interface StepsProps {
  ladder: MailLadder;
  session: SessionState;
  busy: boolean;
  failure: string | undefined;
  selected: string | undefined;
  onSelect: (id: string) => void;
}

function Steps({ ladder, session, busy, failure, selected, onSelect }: StepsProps) {
  if (ladder.steps.length === 0)
    return busy ? (
      <Loading label="mail tests" rows={12} />
    ) : (
      <Empty icon="mail" title={failure === undefined ? 'No mailbox tested yet' : 'The test did not finish'}>
        {failure === undefined ? 'The ladder goes from the token to SMTP and Graph, to what the app must not reach, and to the message in Sent Items. It stops where going on makes no sense, and says so.' : <Words text={failure} />}
      </Empty>
    );
  const counts = countsOf(ladder);
  return (
    <>
      <div className={css['tested']}>
        <h2>
          <bdi>{visible(ladder.mailbox ?? '')}</bdi>
        </h2>
        <span className={css['bar']}>
          <CompositionBar counts={counts} />
        </span>
        <span className="cw-caption cw-fg3">
          {`${verdictWords(counts)}, `}
          <Time at={ladder.run_at} now={session.now} />
        </span>
      </div>
      <div className={`cw-scroll ${css['ladder']}`}>
        <Ladder label="Mail tests" stages={stagesOf(ladder.steps)} selected={selected} onSelect={onSelect} />
      </div>
    </>
  );
}

function countsOf({ steps }: MailLadder): VerdictCounts {
  const counts: VerdictCounts = {};
  for (const { verdict } of steps) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
