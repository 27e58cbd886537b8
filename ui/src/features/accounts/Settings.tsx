// What can be changed without signing in again: name on screen, colour, production, primary workspace, a typed end date.
import { Button, Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { useAct, useRpc } from '../../contract/rpc';
import type { AccountRow, WorkspaceRow } from '../../contract/rpc.gen';
import { CopyButton } from '../../design/EvidenceBlock';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { Facts, Section } from '../../design/Screen';
import { Time } from '../../design/Time';
import { visible } from '../../lib/visible';
import { change, CLOUD_WORDS, shortId } from './accounts';
import css from './accounts.module.css';
import { Background } from './Background';
import { WAYS } from './connection';

const COLOURS = ['1', '2', '3', '4', '5', '6'] as const;

export function Settings({ account }: { account: AccountRow }) {
  return (
    <>
      <Looks account={account} />
      <Facts
        facts={[
          ['Way in', `${WAYS[account.way].words}${account.user === null ? '' : `, ${visible(account.user)}`}`],
          ['Cloud', CLOUD_WORDS[account.cloud]],
          ['Tenant', account.tenant === '' ? null : <Id key="tenant" id={account.tenant} what="tenant id" />],
          ['Application', account.client === '' ? null : <Id key="client" id={account.client} what="application id" />],
          ['Asks only', account.hosts.length === 0 ? null : <bdi key="hosts">{visible(account.hosts.join(', '))}</bdi>],
          ['Last used', <Time key="used" at={account.used_at} form="full" />],
        ]}
      />
      {account.open ? <Background /> : null}
      {account.open ? <Workspaces account={account} /> : null}
    </>
  );
}

function Looks({ account }: { account: AccountRow }) {
  const edit = useAct('account_edit');
  const [title, setTitle] = useState(account.title);
  const rename = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(change(account, { title: title.trim() }));
  };
  return (
    <Section title="How it is shown">
      <form className={css['rename']} onSubmit={rename}>
        <Field label="Shown as">
          <Input value={title} maxLength={60} onChange={(_, { value }) => setTitle(value)} spellCheck={false} />
        </Field>
        <Button type="submit" disabled={title.trim() === '' || title.trim() === account.title || edit.isPending}>
          Rename
        </Button>
      </form>
      <Field label="Colour">
        <RadioGroup layout="horizontal" value={String(account.colour)} onChange={(_, { value }) => edit.mutate(change(account, { colour: Number(value) }))}>
          {COLOURS.map((colour) => (
            <Radio
              key={colour}
              value={colour}
              label={
                <span className={css['colour']}>
                  <span className={css['swatch']} style={{ background: `var(--cw-tenant-${colour})` }} />
                  {colour}
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      <Checkbox checked={account.production} label="Production: said beside its name on every screen" onChange={(_, { checked }) => edit.mutate(change(account, { production: checked === true }))} />
    </Section>
  );
}

function Workspaces({ account }: { account: AccountRow }) {
  const { data } = useRpc('workspace_list', {});
  const edit = useAct('account_edit');
  if (data === undefined) return null;
  const primary = data.workspaces.find((workspace) => workspace.primary)?.id ?? '';
  return (
    <Section title="Workspaces" note="The primary one is the workspace that Defender merges incidents of.">
      {data.workspaces.length === 0 ? <p className="cw-prose cw-fg3">None was found yet.</p> : null}
      <RadioGroup aria-label="Primary workspace" value={primary} onChange={(_, { value }) => edit.mutate(change(account, { primary: value }))}>
        {data.workspaces.map((workspace) => (
          <Radio key={workspace.id} value={workspace.id} disabled={workspace.trouble !== null} label={<WorkspaceWords workspace={workspace} />} />
        ))}
      </RadioGroup>
      {data.unseen.length === 0 ? null : (
        <Notice tone="warn" title="Not everything can be seen.">
          <ul>
            {data.unseen.map((one) => (
              <li key={one}>
                <Words text={one} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Section>
  );
}

function WorkspaceWords({ workspace }: { workspace: WorkspaceRow }) {
  return (
    <span className="cw-col">
      <bdi>{visible(workspace.name)}</bdi>
      <span className="cw-caption cw-fg3">{workspace.trouble === null ? <bdi>{visible(`${workspace.resource_group}, subscription ${workspace.subscription}`)}</bdi> : <Words text={workspace.trouble} />}</span>
    </span>
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
