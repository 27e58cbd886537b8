// A sign-in that waits for a person: the page, the code, how long it holds. It shows wherever the account is shown.
import { Button } from '@fluentui/react-components';
import { useLatestJob } from '../../contract/jobs';
import { useAct, useRpc } from '../../contract/rpc';
import type { AccountRow, SignInTrouble } from '../../contract/rpc.gen';
import { CopyButton } from '../../design/EvidenceBlock';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { Time } from '../../design/Time';
import { isUnderWay } from '../../lib/progress';
import { visible } from '../../lib/visible';
import css from './accounts.module.css';
import { WAYS } from './connection';
import { LinkButton } from './LinkButton';

export function SignInCard({ account }: { account: AccountRow }) {
  const prompt = useRpc('sign_in_get', {}).data?.prompt;
  const job = useLatestJob('account_sign_in');
  const signIn = useAct('account_sign_in');
  if (prompt?.account === account.name) return <Waiting job={job && isUnderWay(job) ? job.id : undefined} />;
  if (account.trouble) return <Trouble account={account} trouble={account.trouble} onRetry={() => signIn.mutate({ name: account.name })} busy={signIn.isPending || isUnderWay(job)} />;
  if (!account.sign_in_needed) return null;
  return (
    <Notice
      tone="info"
      icon="account"
      role="status"
      title="A sign-in is needed."
      actions={
        <Button appearance="primary" size="small" disabled={!account.open || signIn.isPending || isUnderWay(job)} onClick={() => signIn.mutate({ name: account.name })}>
          {`Sign in to ${visible(account.title)}`}
        </Button>
      }
    >
      {account.open ? 'What was read before stays readable.' : 'Open this account first.'}
    </Notice>
  );
}

/** The page is opened by the core, which built its address; where it can't be, the address is there to copy. */
function Waiting({ job }: { job: number | undefined }) {
  const prompt = useRpc('sign_in_get', {}).data?.prompt;
  const cancel = useAct('job_cancel');
  if (!prompt) return null;
  return (
    <section className={css['signIn']} aria-label="Sign-in under way" role="status">
      <strong>{prompt.code === null ? 'Sign in on the page that your browser shows.' : 'Type this code on Microsoft’s page.'}</strong>
      {prompt.code === null ? null : (
        <span className={css['code']}>
          <code>{prompt.code}</code>
          <CopyButton text={prompt.code} label="Copy the code" />
        </span>
      )}
      <span className={css['address']}>
        <code className="cw-cut" title={visible(prompt.address)}>
          {visible(prompt.address)}
        </code>
        <CopyButton text={prompt.address} label="Copy the address" />
      </span>
      <span className="cw-caption cw-fg3">
        {WAYS[prompt.way].words}, holds until <Time at={prompt.expires_at} form="full" />.{prompt.code === null ? null : ' Type it only on a page that you opened from here.'}
      </span>
      <span className="cw-row" style={{ flexWrap: 'wrap' }}>
        <LinkButton link={{ page: 'sign_in' }}>Open the page again</LinkButton>
        {job === undefined ? null : (
          <Button size="small" appearance="subtle" onClick={() => cancel.mutate({ id: job })}>
            Cancel the sign-in
          </Button>
        )}
      </span>
    </section>
  );
}

interface TroubleProps {
  account: AccountRow;
  trouble: SignInTrouble;
  busy: boolean;
  onRetry: () => void;
}

/** What Entra refused, who mends it, and what its administrators will ask for. */
function Trouble({ account, trouble, busy, onRetry }: TroubleProps) {
  const ids = [trouble.aadsts === null ? undefined : `AADSTS${trouble.aadsts}`, trouble.correlation_id && `Correlation id: ${trouble.correlation_id}`, trouble.trace_id && `Trace id: ${trouble.trace_id}`, trouble.at && `Time: ${trouble.at}`].filter(Boolean).join('\n');
  const request = [`Sign-in of account ${account.name} (app ${account.client}) in tenant ${account.tenant} fails.`, trouble.sentence, `Fix: ${trouble.fix}`, trouble.said, ids].filter(Boolean).join('\n');
  const number = trouble.aadsts;
  return (
    <Notice
      tone="danger"
      role="alert"
      title={<Words text={trouble.sentence} />}
      actions={
        <>
          <Button size="small" appearance="primary" disabled={busy || !account.open} onClick={onRetry}>
            Sign in again
          </Button>
          <CopyButton text={request} label={trouble.who_fixes === '' ? 'Copy the details' : `Copy for ${trouble.who_fixes}`} />
          {number === null ? null : <LinkButton link={{ page: 'aadsts', number }}>{`Microsoft’s page about AADSTS${number}`}</LinkButton>}
        </>
      }
    >
      <Words text={trouble.fix} /> {trouble.page ? <Words text={`In the portal: ${trouble.page}.`} /> : null} {trouble.another_way ? `Another way in may work: ${WAYS[trouble.another_way].words}.` : null}
      {trouble.said === '' && ids === '' ? null : (
        <details className={css['copyBlock']}>
          <summary>What Microsoft said</summary>
          <p className="cw-prose">
            <bdi>{visible(trouble.said)}</bdi>
          </p>
          <pre className={css['ids']}>{ids}</pre>
        </details>
      )}
    </Notice>
  );
}
