// What the open account may do: its tier, what the doctor finds granted, the way to Microsoft, and what to ask for.
import { Button, Checkbox, Radio, RadioGroup } from '@fluentui/react-components';
import { Fragment } from 'react';
import { useLatestJob } from '../../contract/jobs';
import { useAct, useRpc } from '../../contract/rpc';
import type { AccountRow, ConnectionTest, Doctor, DoctorRow, TierAsk } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { JobBand } from '../../design/JobBand';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { Section } from '../../design/Screen';
import { Time } from '../../design/Time';
import { VerdictPill } from '../../design/VerdictPill';
import { isUnderWay } from '../../lib/progress';
import { visible } from '../../lib/visible';
import { change } from './accounts';
import css from './accounts.module.css';
import { Failure } from './Connect';
import { CopyBlock } from './CopyBlock';
import { LinkButton } from './LinkButton';
import { Marked } from './Marked';
import { GRANT_KINDS, GRANTS, TIERS, TIER_WORDS, unlockWords, usedWords } from './permissions';

export function Permissions({ account }: { account: AccountRow }) {
  const doctor = useRpc('doctor_get', {}, { enabled: account.open });
  const test = useRpc('connection_get', { name: account.name }, { enabled: account.open }).data;
  return (
    <>
      <Tiers account={account} />
      {account.open ? (
        <>
          <Asking account={account} />
          {doctor.error ? <Failure error={doctor.error} /> : null}
          {doctor.data ? <Findings doctor={doctor.data} /> : null}
          {test?.at ? <Way test={test} /> : null}
        </>
      ) : (
        <Notice tone="plain">Open this account to see what it is granted.</Notice>
      )}
      <Ask account={account} />
    </>
  );
}

function Tiers({ account }: { account: AccountRow }) {
  const edit = useAct('account_edit');
  return (
    <section aria-label="Tier" className={css['tierBox']}>
      <RadioGroup layout="horizontal" className={css['tiers'] ?? ''} aria-label="Tier" value={account.tier} onChange={(_, { value }) => edit.mutate(change(account, { tier: value as AccountRow['tier'] }))}>
        {TIERS.map(({ tier, words, note }) => (
          <span key={tier} className={`${css['tier']} ${tier === account.tier ? css['chosen'] : ''}`}>
            <Radio
              value={tier}
              label={
                <span className="cw-col">
                  <strong>{words}</strong>
                  <span className="cw-caption cw-fg3">{note}</span>
                </span>
              }
            />
          </span>
        ))}
      </RadioGroup>
      <Checkbox checked={account.mail} label="Mail: may send test messages that are asked for" onChange={(_, { checked }) => edit.mutate(change(account, { mail: checked === true }))} />
    </section>
  );
}

function Asking({ account }: { account: AccountRow }) {
  const ask = useAct('doctor_run');
  const test = useAct('connection_test');
  const [asking, testing] = [useLatestJob('doctor_run'), useLatestJob('connection_test')];
  return (
    <>
      <div className="cw-row">
        <Button size="small" icon={<Icon name="shieldCheck" />} disabled={ask.isPending || isUnderWay(asking)} onClick={() => ask.mutate({})}>
          Ask the doctor
        </Button>
        <Button size="small" icon={<Icon name="play" />} disabled={test.isPending || isUnderWay(testing)} onClick={() => test.mutate({ name: account.name })}>
          Test the connection
        </Button>
      </div>
      <JobBand name="Doctor" job={asking} />
      <JobBand name="Connection test" job={testing} />
    </>
  );
}

function Findings({ doctor }: { doctor: Doctor }) {
  if (doctor.asked_at === null) return <p className="cw-prose cw-fg3">The doctor was not asked yet: it compares what this account is granted with what its tier needs.</p>;
  return (
    <Section title="What the doctor says" note={<>asked <Time at={doctor.asked_at} form="full" /></>}>
      {doctor.blocked.length === 0 ? (
        <p className="cw-prose">{`All ${doctor.checks} checks can run.`}</p>
      ) : (
        <Notice tone="warn">
          <strong>{`${doctor.blocked.length} of ${doctor.checks} checks can’t run: ${doctor.blocked.join(', ')}.`}</strong> {doctor.unlock ? <Words text={`One grant unlocks most: ${unlockWords(doctor.unlock, doctor)}`} /> : null}
        </Notice>
      )}
      <div className="cw-scroll" tabIndex={0} role="region" aria-label="Permissions">
        <table className={`${css['table']} ${css['findings']}`}>
          <thead>
            <tr>
              <th scope="col">Doctor says</th>
              <th scope="col">Permission</th>
              <th scope="col">Where</th>
              <th scope="col">What it is for</th>
              <th scope="col">Known by</th>
            </tr>
          </thead>
          <tbody>
            {doctor.rows.map((row, at) => (
              <Finding key={at} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {doctor.notes.map((note) => (
        <p key={note} className="cw-prose cw-fg3">
          <Words text={note} />
        </p>
      ))}
    </Section>
  );
}

function Finding({ row }: { row: DoctorRow }) {
  const { words, mark } = GRANTS[row.state];
  return (
    <tr>
      <td>
        <Marked mark={mark} words={words} />
      </td>
      <th scope="row">
        <code>
          <Parted name={row.permission} />
        </code>
      </th>
      <td>
        <bdi>{visible(`${GRANT_KINDS[row.kind]}, ${row.scope}`)}</bdi>
      </td>
      <td>
        <Words text={row.why} />
        {row.checks.length > 0 ? <Checks ids={row.checks} /> : null}
      </td>
      <td>
        {row.known_by || 'nothing tells it'}
        <span className={css['used']}>{usedWords(row.used)}</span>
      </td>
    </tr>
  );
}

/** A permission's name, which may end a line behind its dots before it does so anywhere. */
function Parted({ name }: { name: string }) {
  return visible(name)
    .split(/(?<=\.)/u)
    .map((part, at) => (
      <Fragment key={at}>
        {at === 0 ? null : <wbr />}
        {part}
      </Fragment>
    ));
}

/** How many checks hang on it; which ones, for whoever asks. A list may end a line, an id never does. */
function Checks({ ids }: { ids: readonly string[] }) {
  return (
    <details className={css['checks']}>
      <summary>{`${ids.length} ${ids.length === 1 ? 'check' : 'checks'}`}</summary>
      {ids.map((id, at) => (
        <Fragment key={id}>
          {at === 0 ? null : ', '}
          <span className="cw-nowrap">{id}</span>
        </Fragment>
      ))}
    </details>
  );
}

/** The way to Microsoft, step by step, and where it ends. */
function Way({ test }: { test: ConnectionTest }) {
  const stopped = test.steps.find((step) => step.verdict === 'fail');
  return (
    <Section title="The way to Microsoft" note={<>tested <Time at={test.at} form="full" /></>}>
      <ol className={css['steps']}>
        {test.steps.map((step) => (
          <li key={`${step.id}${step.host}`} title={visible(`${step.host}: ${step.said}`)}>
            <VerdictPill verdict={step.verdict} as="mark" />
            <span>{step.title}</span>
            <span className="cw-fg3">{step.verdict === 'could_not_run' ? 'not reached' : `${step.took_ms.toLocaleString('en')} ms`}</span>
            <span className={css['said']}>
              <Words text={step.said} />
            </span>
          </li>
        ))}
      </ol>
      {stopped ? (
        <Notice tone="danger" role="status" title={`It stops at ${stopped.title}.`}>
          <Words text={[stopped.said, stopped.hint].filter(Boolean).join(' ')} />
        </Notice>
      ) : null}
    </Section>
  );
}

/** What the chosen tier needs, in every form in which an administrator may want it. */
function Ask({ account }: { account: AccountRow }) {
  const { data, error } = useRpc('tier_get', { name: account.name, tier: account.tier, mail: account.mail }, { keep: true });
  if (error) return <Failure error={error} />;
  if (data === undefined) return null;
  return (
    <Section title={`What ${TIER_WORDS[data.tier]}${data.mail ? ' and Mail' : ''} ${data.mail ? 'need' : 'needs'}`}>
      <Needs ask={data} />
      <div className={css['asks']}>
        <CopyBlock title="A request to an administrator" text={data.request} />
        <CopyBlock title="Azure CLI" text={data.az} />
        <CopyBlock title="PowerShell" text={data.powershell} />
        {data.consent_url === null ? null : (
          <>
            <CopyBlock title="Admin consent address" text={data.consent_url} />
            <div className="cw-row" style={{ flexWrap: 'wrap' }}>
              <LinkButton link={{ page: 'consent', account: account.name, tier: data.tier, mail: data.mail }}>I am the administrator: open the consent page</LinkButton>
            </div>
          </>
        )}
      </div>
    </Section>
  );
}

function Needs({ ask }: { ask: TierAsk }) {
  return (
    <ul className={css['needs']}>
      {ask.needs.map((need, at) => (
        <li key={at}>
          <code>{visible(need.permission)}</code> <bdi className="cw-fg3">{visible(`${GRANT_KINDS[need.kind]}, ${need.scope}`)}</bdi>
          {need.optional ? <span className="cw-fg3"> (optional)</span> : null}
          <span className={css['why']}>
            <Words text={need.why} />
          </span>
        </li>
      ))}
    </ul>
  );
}
