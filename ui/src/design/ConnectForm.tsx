// The form of a tenant connection by client secret. It knows no query: the screen sends it and says what came of it.
// The secret leaves this form once, to the core, and is forgotten here when it was taken.
import { Button, Field, Input } from '@fluentui/react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import { connectionTroubles, EMPTY_CONNECTION, secretDoubt, trimmed, type ConnectionField, type ConnectionForm } from '../lib/connection';
import css from './controls.module.css';

export interface ConnectFormProps {
  /** Names in use. */
  taken: readonly string[];
  busy: boolean;
  action: string;
  onConnect: (form: ConnectionForm) => void;
  onCancel?: (() => void) | undefined;
  /** Why the last try failed. */
  children?: ReactNode;
}

const FIELDS: readonly { key: ConnectionField; label: string; hint: string }[] = [
  { key: 'name', label: 'Name', hint: 'How this connection is called here, such as contoso-prod.' },
  { key: 'tenant', label: 'Tenant', hint: 'Directory (tenant) id, or a domain of the tenant.' },
  { key: 'client', label: 'Application (client) id', hint: 'Of the app registration that reads.' },
  { key: 'secret', label: 'Client secret', hint: 'Its value, not its id. It goes to the system keychain and is never shown again.' },
];

export function ConnectForm({ taken, busy, action, onConnect, onCancel, children }: ConnectFormProps) {
  const [form, setForm] = useState(EMPTY_CONNECTION);
  const [tried, setTried] = useState(false);
  const troubles = connectionTroubles(form, taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(troubles).length === 0) return onConnect(trimmed(form));
    const first = FIELDS.find(({ key }) => troubles[key] !== undefined);
    event.currentTarget.querySelector<HTMLInputElement>(`[name="${first?.key}"]`)?.focus();
  };
  return (
    <form className={css['form']} onSubmit={submit} noValidate aria-label="Connect a tenant">
      {FIELDS.map(({ key, label, hint }) => {
        const trouble = tried ? troubles[key] : undefined;
        const doubt = key === 'secret' ? secretDoubt(form.secret) : undefined;
        return (
          <Field key={key} label={label} required hint={hint} validationState={trouble ? 'error' : doubt ? 'warning' : 'none'} validationMessage={trouble ?? doubt}>
            <Input name={key} value={form[key]} type={key === 'secret' ? 'password' : 'text'} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setForm({ ...form, [key]: value })} />
          </Field>
        );
      })}
      {children}
      <div className={css['formFoot']}>
        <Button appearance="primary" type="submit" disabled={busy}>
          {action}
        </Button>
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
      </div>
    </form>
  );
}
