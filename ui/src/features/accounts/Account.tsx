// One account: how it signs in, what it may do, how it is shown, what of it lies where.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useAct } from '../../contract/rpc';
import type { AccountRow, Stored } from '../../contract/rpc.gen';
import { Label } from '../../design/Chip';
import { Icon } from '../../design/icons';
import { Words } from '../../design/Prose';
import { Tabs } from '../../design/Tabs';
import { bytesInWords } from '../../lib/bytes';
import type { ScreenProps } from '../../lib/place';
import { visible } from '../../lib/visible';
import { accountWords } from './accounts';
import css from './accounts.module.css';
import { LocalCopy } from './LocalCopy';
import { Permissions } from './Permissions';
import { Settings } from './Settings';
import { SignInCard } from './SignInCard';

const TABS = ['permissions', 'settings', 'stored'] as const;
type Tab = (typeof TABS)[number];

export interface AccountProps {
  account: AccountRow;
  tab: string | undefined;
  onTab: (tab: Tab) => void;
  onRemove: () => void;
  go: ScreenProps['go'];
}

export function Account({ account, tab, onTab, onRemove, go }: AccountProps) {
  const shown = TABS.find((one) => one === tab) ?? 'permissions';
  return (
    <>
      <div className={css['detailHead']}>
        <h2>
          <bdi>{visible(account.title)}</bdi>
        </h2>
        <span className="cw-caption cw-fg3">{accountWords(account)}</span>
        {account.production ? <Label>Production</Label> : null}
        {account.open ? <Label>open</Label> : null}
      </div>
      <Tabs
        label="Account"
        panelId="account-tab"
        selected={shown}
        onSelect={onTab}
        choices={[
          { key: 'permissions', label: 'Permissions' },
          { key: 'settings', label: 'Settings' },
          { key: 'stored', label: 'Where it lies', count: account.stored.length },
        ]}
      />
      <div className={css['detailBody']} role="tabpanel" id="account-tab" aria-labelledby={`account-tab-${shown}`} tabIndex={0}>
        <SignInCard account={account} />
        {shown === 'permissions' ? <Permissions account={account} /> : shown === 'settings' ? <Settings account={account} /> : <Kept account={account} />}
      </div>
      <Foot account={account} onRemove={onRemove} go={go} />
    </>
  );
}

function Foot({ account, onRemove, go }: Pick<AccountProps, 'account' | 'onRemove' | 'go'>) {
  const open = useAct('session_open');
  const close = useAct('session_close');
  const [closed, setClosed] = useState(false);
  return (
    <div className={css['detailFoot']}>
      {account.open ? (
        <Button disabled={close.isPending} onClick={() => close.mutate({}, { onSuccess: () => setClosed(true) })}>
          Close this session
        </Button>
      ) : (
        <Button appearance="primary" disabled={open.isPending} onClick={() => open.mutate({ name: account.name }, { onSuccess: () => go({ room: 'overview' }) })}>
          {`Open ${visible(account.title)}`}
        </Button>
      )}
      {closed ? <span role="status" className="cw-caption cw-fg3">Closed.</span> : null}
      <span className="cw-end" />
      <Button appearance="subtle" icon={<Icon name="trash" />} onClick={onRemove}>
        Remove and wipe
      </Button>
    </div>
  );
}

function Kept({ account }: { account: AccountRow }) {
  return (
    <>
      <StoredPlaces stored={account.stored} />
      {account.open ? <LocalCopy /> : null}
    </>
  );
}

/** What is kept of an account and where; also what was looked for and is gone. */
export function StoredPlaces({ stored }: { stored: readonly Stored[] }) {
  if (stored.length === 0) return <p className="cw-prose cw-fg3">Nothing of it lies on this PC.</p>;
  return (
    <div className="cw-scroll" tabIndex={0} role="region" aria-label="Stored on this PC">
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">Size</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {stored.map((one, at) => (
            <tr key={at}>
              <th scope="row">{one.what}</th>
              <td>
                <code>{visible(one.place)}</code>
              </td>
              <td className="cw-nowrap">{one.bytes === null ? '–' : bytesInWords(one.bytes)}</td>
              <td>
                <Words text={one.note} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
