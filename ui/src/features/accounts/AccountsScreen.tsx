// The ways into tenants: how each signs in, what it may do, when it expires, and what of it is stored where.
// Secrets are named, never shown. Start reading at `AccountsScreen`; what is shown stands in the address.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useRpc } from '../../contract/rpc';
import type { AccountList, AccountRow, SessionState } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { ListRegion, ScreenBody, ScreenHead } from '../../design/Screen';
import { Empty, ErrorState, Loading } from '../../design/states';
import { Time } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { visible } from '../../lib/visible';
import { Account } from './Account';
import { accountWords, shownOf } from './accounts';
import css from './accounts.module.css';
import { Connect } from './Connect';
import { WAYS } from './connection';
import { Expiries } from './Expiries';
import { Marked } from './Marked';
import { NetworkPanel } from './NetworkPanel';
import { doctorWords } from './permissions';
import { RemoveDialog } from './RemoveDialog';

export function AccountsScreen({ params, setParams, go }: ScreenProps) {
  const { data, error, refetch } = useRpc('account_list', {});
  const session = useRpc('session_get', {}).data;
  const [removing, setRemoving] = useState<AccountRow>();
  const panel = params['panel'];
  const shown = data ? shownOf(data.accounts, params['name']) : undefined;
  const count = data?.accounts.length ?? 0;
  return (
    <>
      <ScreenHead
        title="Accounts"
        meta={data ? `${count.toLocaleString('en')} ${count === 1 ? 'way' : 'ways'} in. Each has one purpose.` : ''}
        tools={
          <>
            <Button appearance="subtle" icon={<Icon name="server" />} onClick={() => setParams({ panel: 'network' })}>
              Network
            </Button>
            <Button appearance="primary" icon={<Icon name="plus" />} disabled={panel === 'connect'} onClick={() => setParams({ panel: 'connect' })}>
              Connect a tenant
            </Button>
          </>
        }
      />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading label="accounts" rows={6} />
      ) : (
        <>
          <KeychainNotice list={data} />
          {session && session.kind !== 'none' ? <Expiries now={session.now} /> : null}
          <ScreenBody>
            <div className={css['main']}>
              <div className={css['list']}>
                <ListRegion label="Accounts">
                  <Ways accounts={data.accounts} shown={panel === undefined ? shown?.name : undefined} now={session?.now} onShow={(name) => setParams({ name, panel: undefined })} />
                  <Keychain list={data} session={session} />
                </ListRegion>
              </div>
              <section className={css['detail']} aria-label={panel === 'connect' ? 'Connect a tenant' : panel === 'network' ? 'Network' : 'Account'} data-region="panel" tabIndex={-1}>
                {panel === 'connect' ? (
                  <Connect list={data} onDone={(name) => setParams(name === undefined ? { panel: undefined } : { panel: undefined, name })} go={go} />
                ) : panel === 'network' ? (
                  <NetworkPanel onClose={() => setParams({ panel: undefined })} />
                ) : shown ? (
                  <Account key={shown.name} account={shown} tab={params['tab']} onTab={(tab) => setParams({ tab }, 'replace')} onRemove={() => setRemoving(shown)} go={go} />
                ) : (
                  <NoneYet onStart={() => go({ room: 'start' })} />
                )}
              </section>
            </div>
          </ScreenBody>
          {removing ? <RemoveDialog account={removing} onClose={() => setRemoving(undefined)} /> : null}
        </>
      )}
    </>
  );
}

function KeychainNotice({ list }: { list: AccountList }) {
  if (list.keychain_ready) return null;
  return (
    <Notice band tone="warn" icon="key" role="status" title="The system keychain does not answer.">
      <Words text={list.keychain} /> Secrets are never written to a file: until it answers, a tenant can be connected for this session only, in memory.
    </Notice>
  );
}

interface WaysProps {
  accounts: readonly AccountRow[];
  shown: string | undefined;
  now: string | undefined;
  onShow: (name: string) => void;
}

function Ways({ accounts, shown, now, onShow }: WaysProps) {
  if (accounts.length === 0) return <p className={css['none']}>No account yet.</p>;
  return (
    <ul>
      {accounts.map((account) => (
        <li key={account.name}>
          <button type="button" className={css['way']} aria-current={account.name === shown ? 'true' : undefined} onClick={() => onShow(account.name)}>
            <span className={css['wayIcon']}>
              <Icon name={account.kind === 'tenant' ? WAYS[account.way].icon : 'server'} />
            </span>
            <span className="cw-col">
              <span className={css['wayName']}>
                <span className={css['swatch']} style={{ background: `var(--cw-tenant-${account.colour})` }} />
                <bdi className="cw-cut">{visible(account.title)}</bdi>
              </span>
              <span className="cw-cut cw-caption cw-fg3">{accountWords(account)}</span>
            </span>
            <span className={css['wayState']}>
              <State account={account} />
              {account.used_at === null ? null : (
                <span className="cw-caption cw-fg3">
                  used <Time at={account.used_at} now={now} />
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** One word on how an account stands; the doctor speaks for the open one. */
function State({ account }: { account: AccountRow }) {
  const doctor = useRpc('doctor_get', {}, { enabled: account.open }).data;
  if (account.trouble) return <Marked mark="could_not_run" words={account.trouble.aadsts === null ? 'Sign-in fails' : `AADSTS${account.trouble.aadsts}`} />;
  if (account.sign_in_needed) return <Marked mark="could_not_run" words="Sign in" />;
  const told = account.open ? doctorWords(doctor) : undefined;
  if (told) return <Marked mark={told.mark} words={told.words} />;
  return <span className="cw-caption cw-fg3">{account.open ? 'open' : ''}</span>;
}

function Keychain({ list, session }: { list: AccountList; session: SessionState | undefined }) {
  return (
    <div className={css['keychain']}>
      <h2>Where are my secrets?</h2>
      <p className="cw-prose">{list.keychain_ready ? <Words text={`Secrets and store keys lie in ${list.keychain}; what it can’t take lies sealed beside the data, under a key that lies there.`} /> : <Words text={list.keychain} />}</p>
      <p className="cw-prose cw-fg3">While signed in, copies of the secret lie in this program’s memory. Our test, on Linux, finds none after <em>Remove and wipe</em>; quit Crosswalk to be certain. Files are deleted, not overwritten; their key is deleted too.</p>
      {session !== undefined && session.store === 'memory' ? (
        <div className={css['stored']}>
          <span>
            <bdi>{visible(session.name ?? 'This session')}</bdi>, open now
          </span>
          <span className="cw-fg3">A temporary store, encrypted with a key in memory; both are gone when the session ends.</span>
        </div>
      ) : null}
      {list.accounts.flatMap((account) =>
        account.stored.map((one, at) => (
          <div key={`${account.name}${at}`} className={css['stored']}>
            <span>
              <bdi>{visible(account.title)}</bdi>, {one.what.toLowerCase()}
            </span>
            <bdi className="cw-fg3">{visible(one.place)}</bdi>
          </div>
        )),
      )}
    </div>
  );
}

function NoneYet({ onStart }: { onStart: () => void }) {
  return (
    <Empty icon="account" title="No tenant connected" actions={<Button onClick={onStart}>Other ways to begin</Button>}>
      An account names a tenant and a way to sign in. The demo and files need none.
    </Empty>
  );
}
