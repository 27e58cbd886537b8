// Connecting a tenant: the form, what an administrator does first, and what follows when it was taken.
import { useState } from 'react';
import { useAct, useRpc, useTransport } from '../../contract/rpc';
import type { AccountList, ErrorView, RegistrationRequest } from '../../contract/rpc.gen';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import type { ScreenProps } from '../../lib/place';
import css from './accounts.module.css';
import { ConnectForm } from './ConnectForm';
import { isInteractive, requestOf, type ConnectionForm } from './connection';
import { CopyBlock } from './CopyBlock';

export interface ConnectProps {
  list: AccountList;
  onDone: (name: string | undefined) => void;
  go: ScreenProps['go'];
}

export function Connect({ list, onDone, go }: ConnectProps) {
  const transport = useTransport();
  const connect = useAct('account_connect', { quiet: true });
  const open = useAct('session_open', { quiet: true });
  const signIn = useAct('account_sign_in', { quiet: true });
  const follow = (form: ConnectionForm) => {
    onDone(form.name);
    if (isInteractive(form.way)) signIn.mutate({ name: form.name });
    else go({ room: 'overview' });
  };
  const submit = (form: ConnectionForm) => {
    const request = requestOf(form);
    // What is kept is opened by its name; what is not kept is open already.
    const next = () => (request.keep ? open.mutate({ name: form.name }, { onSuccess: () => follow(form), onError: () => onDone(form.name) }) : follow(form));
    connect.mutate(request, { onSuccess: next });
  };
  const error = connect.error ?? open.error ?? signIn.error;
  return (
    <>
      <div className={css['detailHead']}>
        <h2>Connect a tenant</h2>
      </div>
      <div className={css['detailBody']}>
        <p className="cw-prose">It reads incidents, rules, playbooks and logs, and changes none of them. Test mail is sent only when you allow it and ask for it.</p>
        <ConnectForm taken={list.accounts.map((account) => account.name)} busy={connect.isPending || open.isPending} canKeep={list.keychain_ready} onConnect={submit} onCancel={() => onDone(undefined)} pickFiles={transport.pickFiles?.bind(transport)} help={(form) => <RegistrationHelp form={form} />}>
          {error ? <Failure error={error} /> : null}
        </ConnectForm>
      </div>
    </>
  );
}

export function Failure({ error }: { error: ErrorView }) {
  return (
    <Notice tone="danger" role="alert">
      <Words text={[error.message, error.hint].filter(Boolean).join(' ')} />
    </Notice>
  );
}

/** The app registration that a person's sign-in needs: Microsoft's own client ids are never used. */
function RegistrationHelp({ form }: { form: ConnectionForm }) {
  const [open, setOpen] = useState(false);
  if (!isInteractive(form.way) || form.cloud === 'demo') return null;
  const request: RegistrationRequest = { cloud: form.cloud, tenant: form.tenant.trim(), way: form.way, tier: 'look', mail: false };
  return (
    <details className={css['help']} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The app registration this needs, for whoever makes it</summary>
      {open ? <Registration request={request} /> : null}
    </details>
  );
}

function Registration({ request }: { request: RegistrationRequest }) {
  const { data, error } = useRpc('registration_get', request, { keep: true });
  if (error) return <Failure error={error} />;
  if (data === undefined) return null;
  return (
    <div className={css['asks']}>
      <p className="cw-prose">A public client of your own tenant with the redirect <code>http://localhost</code> and delegated permissions. One of these makes it:</p>
      <CopyBlock title="Azure CLI" text={data.az} />
      <CopyBlock title="PowerShell" text={data.powershell} />
      <CopyBlock title="Manifest" text={data.manifest} />
      <p className="cw-prose">
        <Words text={data.then} />
      </p>
    </div>
  );
}
