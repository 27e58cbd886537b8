// The ways into tenants, and what of each is stored where. Secrets are named, never shown.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useAct, useRpc } from '../../contract/rpc';
import type { AccountList, AccountRow, SessionState } from '../../contract/rpc.gen';
import { ConnectForm } from '../../design/ConnectForm';
import { CopyButton } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { Label } from '../../design/Chip';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { Facts, ListRegion, ScreenBody, ScreenHead, Section } from '../../design/Screen';
import { Empty, ErrorState, Loading } from '../../design/states';
import type { ScreenProps } from '../../lib/place';
import { visible } from '../../lib/visible';
import { KIND_WORDS, shortId, shownOf } from './accounts';
import css from './accounts.module.css';
import { RemoveDialog } from './RemoveDialog';

export function AccountsScreen({ params, setParams, go }: ScreenProps) {
  const { data, error, refetch } = useRpc('account_list', {});
  const session = useRpc('session_get', {}).data;
  const connecting = params['connect'] === 'yes';
  const shown = data ? shownOf(data.accounts, params['name']) : undefined;
  const meta = data ? `${data.accounts.length.toLocaleString('en')} ${data.accounts.length === 1 ? 'connection' : 'connections'}. Each reads; none writes.` : '';
  return (
    <>
      <ScreenHead
        title="Accounts"
        meta={meta}
        tools={
          <Button appearance="primary" icon={<Icon name="plus" />} disabled={connecting} onClick={() => setParams({ connect: 'yes' })}>
            Connect a tenant
          </Button>
        }
      />
      {error ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading label="accounts" rows={6} />
      ) : (
        <>
          <KeychainNotice list={data} />
          <ScreenBody>
            <div className={css['main']}>
              <div className={css['list']}>
                <ListRegion label="Connections">
                  <Ways accounts={data.accounts} shown={connecting ? undefined : shown?.name} onShow={(name) => setParams({ name, connect: undefined })} />
                  <Keychain list={data} session={session} />
                </ListRegion>
              </div>
              <section className={css['detail']} aria-label={connecting ? 'Connect a tenant' : 'Connection'} data-region="panel" tabIndex={-1}>
                {connecting ? (
                  <Connect list={data} onDone={(name) => setParams({ connect: undefined, name })} go={go} />
                ) : shown ? (
                  <Account key={shown.name} account={shown} go={go} />
                ) : (
                  <NoneYet onStart={() => go({ room: 'start' })} />
                )}
              </section>
            </div>
          </ScreenBody>
        </>
      )}
    </>
  );
}

function KeychainNotice({ list }: { list: AccountList }) {
  if (list.keychain_ready) return null;
  return (
    <Notice band tone="warn" icon="key" role="status" title="The system keychain does not answer.">
      <Words text={list.keychain} /> Secrets are never written to a file, so no tenant can be connected until it answers.
    </Notice>
  );
}

function Ways({ accounts, shown, onShow }: { accounts: readonly AccountRow[]; shown: string | undefined; onShow: (name: string) => void }) {
  if (accounts.length === 0) return <p className={css['none']}>No connection is stored.</p>;
  return (
    <ul>
      {accounts.map((account) => (
        <li key={account.name}>
          <button type="button" className={css['way']} aria-current={account.name === shown ? 'true' : undefined} onClick={() => onShow(account.name)}>
            <span className={css['wayIcon']}>
              <Icon name={account.kind === 'tenant' ? 'key' : 'server'} />
            </span>
            <span className="cw-col">
              <bdi className={`cw-cut ${css['wayName']}`}>{visible(account.name)}</bdi>
              <span className="cw-cut cw-caption cw-fg3">{KIND_WORDS[account.kind]}</span>
            </span>
            <span className="cw-caption cw-fg3">{account.open ? 'open' : ''}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Keychain({ list, session }: { list: AccountList; session: SessionState | undefined }) {
  return (
    <div className={css['keychain']}>
      <h2>Where are my secrets?</h2>
      <p className="cw-prose">{list.keychain_ready ? <Words text={`Secrets and store keys lie in ${list.keychain}.`} /> : <Words text={list.keychain} />}</p>
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
              <bdi>{visible(account.name)}</bdi>, {one.what.toLowerCase()}
            </span>
            <bdi className="cw-fg3">{visible(one.place)}</bdi>
          </div>
        )),
      )}
    </div>
  );
}

function Account({ account, go }: { account: AccountRow; go: ScreenProps['go'] }) {
  const open = useAct('session_open');
  const close = useAct('session_close');
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <div className={css['detailHead']}>
        <h2>
          <bdi>{visible(account.name)}</bdi>
        </h2>
        <Label>{KIND_WORDS[account.kind]}</Label>
        {account.open ? <Label>open</Label> : null}
      </div>
      <div className={css['detailBody']}>
        <Facts
          facts={[
            ['Tenant', <Id key="tenant" id={account.tenant} what="tenant id" />],
            ['Application', <Id key="client" id={account.client} what="application id" />],
            ['May', account.kind === 'tenant' ? 'read incidents, rules, playbooks and logs, and send mail tests that are asked for' : 'read what a sandbox on this PC serves'],
          ]}
        />
        <Section title="Stored on this PC">
          <div className="cw-scroll" tabIndex={0} role="region" aria-label="Stored on this PC">
            <table className={css['table']}>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Where</th>
                  <th scope="col">Note</th>
                </tr>
              </thead>
              <tbody>
                {account.stored.map((one, at) => (
                  <tr key={at}>
                    <th scope="row">{one.what}</th>
                    <td>
                      <code>{visible(one.place)}</code>
                    </td>
                    <td>
                      <Words text={one.note} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      </div>
      <div className={css['detailFoot']}>
        {account.open ? (
          <Button disabled={close.isPending} onClick={() => close.mutate({})}>
            Close this session
          </Button>
        ) : (
          <Button appearance="primary" disabled={open.isPending} onClick={() => open.mutate({ name: account.name }, { onSuccess: () => go({ room: 'overview' }) })}>
            {`Open ${visible(account.name)}`}
          </Button>
        )}
        <span className="cw-end" />
        <Button appearance="subtle" icon={<Icon name="trash" />} onClick={() => setRemoving(true)}>
          Remove and wipe
        </Button>
      </div>
      {removing ? <RemoveDialog account={account} onClose={() => setRemoving(false)} /> : null}
    </>
  );
}

function Id({ id, what }: { id: string; what: string }) {
  return (
    <span className="cw-row" style={{ gap: 4 }}>
      <code className="cw-cut" title={visible(id)}>
        {visible(shortId(id))}
      </code>
      <CopyButton text={id} label={`Copy ${what}`} />
    </span>
  );
}

function Connect({ list, onDone, go }: { list: AccountList; onDone: (name: string | undefined) => void; go: ScreenProps['go'] }) {
  const connect = useAct('account_connect', { quiet: true });
  const open = useAct('session_open');
  return (
    <>
      <div className={css['detailHead']}>
        <h2>Connect a tenant</h2>
      </div>
      <div className={css['detailBody']}>
        <p className="cw-prose">
          It reads with an app registration of yours: <code>SecurityIncident.Read.All</code> on Microsoft Graph, and <code>Microsoft Sentinel Reader</code> on the workspaces. For mail tests the app also needs its mail rights. Nothing is written.
        </p>
        <ConnectForm
          taken={list.accounts.map((account) => account.name)}
          busy={connect.isPending || open.isPending}
          action="Connect and open"
          onCancel={() => onDone(undefined)}
          onConnect={(form) =>
            connect.mutate(form, {
              onSuccess: () => {
                onDone(form.name);
                open.mutate({ name: form.name }, { onSuccess: () => go({ room: 'overview' }) });
              },
            })
          }
        >
          {connect.error ? (
            <Notice tone="danger" role="alert">
              <Words text={[connect.error.message, connect.error.hint].filter(Boolean).join(' ')} />
            </Notice>
          ) : null}
        </ConnectForm>
      </div>
    </>
  );
}

function NoneYet({ onStart }: { onStart: () => void }) {
  return (
    <Empty
      icon="account"
      title="No tenant connected"
      actions={<Button onClick={onStart}>Other ways to begin</Button>}
    >
      A connection names a tenant and an app that may read it. The demo and files need none.
    </Empty>
  );
}
