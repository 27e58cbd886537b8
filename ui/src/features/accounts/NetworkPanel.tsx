// How requests leave this machine: proxy and further authorities. One setting for all accounts.
import { Button, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { useAct, useRpc, useTransport } from '../../contract/rpc';
import type { Network, NetworkSet } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { Section } from '../../design/Screen';
import { Loading } from '../../design/states';
import { visible } from '../../lib/visible';
import css from './accounts.module.css';
import { Failure } from './Connect';

export function NetworkPanel({ onClose }: { onClose: () => void }) {
  const { data, error } = useRpc('network_get', {});
  return (
    <>
      <div className={css['detailHead']}>
        <h2>Network</h2>
        <span className="cw-caption cw-fg3">for every account on this PC</span>
      </div>
      <div className={css['detailBody']}>
        {error ? <Failure error={error} /> : data ? <Form network={data} onClose={onClose} /> : <Loading label="network settings" rows={4} />}
      </div>
    </>
  );
}

function Form({ network, onClose }: { network: Network; onClose: () => void }) {
  const { pickFiles } = useTransport();
  const set = useAct('network_set', { quiet: true });
  const [form, setForm] = useState<NetworkSet>({ proxy: network.proxy, address: network.address, user: network.user, password: null, ca_file: network.ca_file });
  const change = (next: Partial<NetworkSet>) => setForm({ ...form, ...next });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(form, { onSuccess: () => change({ password: null }) });
  };
  return (
    <form className={css['form']} onSubmit={submit} aria-label="Network">
      {network.unsupported ? (
        <Notice tone="warn" title="A proxy setting of this system is not supported.">
          <Words text={network.unsupported} />
        </Notice>
      ) : null}
      <Field label="Proxy">
        <RadioGroup value={form.proxy} onChange={(_, { value }) => change({ proxy: value as NetworkSet['proxy'] })}>
          <Radio value="system" label="As the environment and the system say" />
          <Radio value="none" label="None: straight out" />
          <Radio value="explicit" label="This one" />
        </RadioGroup>
      </Field>
      {form.proxy === 'system' ? <Found network={network} /> : null}
      {form.proxy === 'explicit' ? (
        <>
          <Field label="Address" hint="Such as http://proxy.contoso.com:8080">
            <Input value={form.address} spellCheck={false} autoComplete="off" onChange={(_, { value }) => change({ address: value })} />
          </Field>
          <Field label="User" hint="Empty where the proxy asks for none.">
            <Input value={form.user} spellCheck={false} autoComplete="off" onChange={(_, { value }) => change({ user: value })} />
          </Field>
          <Field label="Password" hint={network.password_kept ? 'One lies in the keychain; typing replaces it.' : 'It goes to the system keychain.'}>
            <Input type="password" autoComplete="off" value={form.password ?? ''} onChange={(_, { value }) => change({ password: value === '' ? null : value })} />
          </Field>
        </>
      ) : null}
      <Field label="Further authorities" hint="A PEM file, where an intercepting proxy signs with its own authority. Empty: what this system trusts.">
        <Input
          value={form.ca_file}
          spellCheck={false}
          onChange={(_, { value }) => change({ ca_file: value })}
          contentAfter={
            pickFiles ? (
              <Button size="small" appearance="transparent" icon={<Icon name="folder" />} onClick={() => void pickFiles(false).then(([path]) => (path === undefined ? undefined : change({ ca_file: path })), () => undefined)}>
                Choose
              </Button>
            ) : null
          }
        />
      </Field>
      {network.authorities.length > 0 ? <List title="Trusted beside the system’s" lines={network.authorities} /> : null}
      {set.error ? <Failure error={set.error} /> : null}
      {set.isSuccess ? <Notice tone="ok" role="status">Kept. It is used from the next opening of an account on.</Notice> : null}
      <div className={css['formFoot']}>
        <Button appearance="primary" type="submit" disabled={set.isPending}>
          Keep these settings
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </form>
  );
}

function Found({ network }: { network: Network }) {
  if (network.found.length === 0) return <p className="cw-prose cw-fg3">Neither the environment nor the system names a proxy.</p>;
  return <List title="Found on this PC" lines={network.found} />;
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <Section title={title}>
      <ul className={css['lines']}>
        {lines.map((line) => (
          <li key={line}>
            <code>{visible(line)}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
