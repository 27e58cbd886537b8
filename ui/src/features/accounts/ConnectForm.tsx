// The form of a new connection: cloud, purpose, way in, then only what that way needs. It knows no query.
// A secret leaves this form once, to the core, and is forgotten here when it was taken.
import { Button, Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Icon } from '../../design/icons';
import { Words } from '../../design/Prose';
import css from './accounts.module.css';
import { CLOUDS, connectionTroubles, EMPTY_CONNECTION, fieldsOf, isInteractive, secretDoubt, waysFor, type ConnectionForm, type Purpose, type TextField } from './connection';

export interface ConnectFormProps {
  /** Names in use. */
  taken: readonly string[];
  busy: boolean;
  /** False: nothing can be kept here, so the account lives until it is closed. */
  canKeep: boolean;
  onConnect: (form: ConnectionForm) => void;
  onCancel: () => void;
  /** Asks for files with the system's dialog; absent where there is none. */
  pickFiles?: ((folders: boolean) => Promise<string[]>) | undefined;
  /** What an administrator does first; shown below the way in. */
  help?: ((form: ConnectionForm) => ReactNode) | undefined;
  /** Why the last try failed. */
  children?: ReactNode;
}

const LABELS: Record<TextField, { label: string; hint: string }> = {
  name: { label: 'Name', hint: 'How this connection is called here, such as contoso-prod.' },
  tenant: { label: 'Tenant', hint: 'Directory (tenant) id, or a domain of the tenant.' },
  client: { label: 'Application (client) id', hint: 'Of an app registration of yours.' },
  secret: { label: 'Client secret', hint: 'Its value, not its id. It is never shown again.' },
  certificate: { label: 'Certificate file', hint: 'A PEM file with certificate and private key, or a PFX file.' },
  authority: { label: 'Sign-in address', hint: 'Such as https://login.microsoftonline.us' },
  arm: { label: 'Azure Resource Manager', hint: 'Such as https://management.usgovcloudapi.net' },
  graph: { label: 'Microsoft Graph', hint: 'Such as https://graph.microsoft.us' },
  logs: { label: 'Log Analytics', hint: 'Such as https://api.loganalytics.us' },
  smtp: { label: 'SMTP host', hint: 'Such as smtp.office365.us' },
};

export function ConnectForm({ taken, busy, canKeep, onConnect, onCancel, pickFiles, help, children }: ConnectFormProps) {
  const [form, setForm] = useState<ConnectionForm>({ ...EMPTY_CONNECTION, keep: canKeep });
  const [tried, setTried] = useState(false);
  const change = (next: Partial<ConnectionForm>) => setForm((before) => ({ ...before, ...next }));
  const troubles = connectionTroubles(form, taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const first = fieldsOf(form).find((field) => troubles[field] !== undefined);
    if (first === undefined) return onConnect(form);
    event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  return (
    <form className={css['form']} onSubmit={submit} noValidate aria-label="Connect a tenant">
      <Clouds form={form} onChange={change} />
      <Purposes form={form} onChange={change} />
      {help?.(form)}
      {fieldsOf(form).map((field) => (
        <TextInput key={field} field={field} form={form} trouble={tried ? troubles[field] : undefined} onChange={change} pickFiles={pickFiles} />
      ))}
      {form.cloud === 'demo' ? null : (
        <Keep kept={form.keep && canKeep} canKeep={canKeep} onChange={(keep) => change({ keep })} />
      )}
      {children}
      <div className={css['formFoot']}>
        <Button appearance="primary" type="submit" disabled={busy}>
          {isInteractive(form.way) ? 'Connect and sign in' : 'Connect and open'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

function Keep({ kept, canKeep, onChange }: { kept: boolean; canKeep: boolean; onChange: (keep: boolean) => void }) {
  return (
    <>
      <Checkbox checked={kept} disabled={!canKeep} label="Keep this connection on this PC: its secret in the system keychain, its data in an encrypted store" onChange={(_, { checked }) => onChange(checked === true)} />
      {kept ? null : <p className="cw-prose cw-fg3">For this session only: secret and data stay in this program’s memory and in a temporary folder, encrypted with a key in memory. All of it is gone when the account is closed or Crosswalk ends.</p>}
    </>
  );
}

interface Part {
  form: ConnectionForm;
  onChange: (next: Partial<ConnectionForm>) => void;
}

function Clouds({ form, onChange }: Part) {
  return (
    <Field label="Cloud">
      <RadioGroup value={form.cloud} onChange={(_, { value }) => onChange({ cloud: value as ConnectionForm['cloud'] })} className={css['choices'] ?? ''}>
        {CLOUDS.map(({ name, words, note, refused }) => (
          <Radio
            key={name}
            value={name}
            disabled={refused !== undefined}
            label={
              <span className="cw-col">
                <span>{words}</span>
                <span className="cw-caption cw-fg3">{refused ?? note}</span>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

function Purposes({ form, onChange }: Part) {
  const choose = (purpose: Purpose) => onChange({ purpose, way: waysFor(purpose)[0]?.way ?? form.way });
  return (
    <>
      <Field label="Who signs in">
        <RadioGroup layout="horizontal" value={form.purpose} onChange={(_, { value }) => choose(value as Purpose)}>
          <Radio value="person" label="A person, now and then" />
          <Radio value="unattended" label="A program, around the clock" />
        </RadioGroup>
      </Field>
      <Field label="Way in" hint="The first one is the safest for this purpose.">
        <RadioGroup value={form.way} onChange={(_, { value }) => onChange({ way: value as ConnectionForm['way'], secret: '' })}>
          {waysFor(form.purpose).map(({ way, words, note, icon }) => (
            <Radio
              key={way}
              value={way}
              label={
                <span className={css['choice']}>
                  <Icon name={icon} />
                  <span className="cw-col">
                    <span>{words}</span>
                    <span className="cw-caption cw-fg3">
                      <Words text={note} />
                    </span>
                  </span>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
    </>
  );
}

interface TextInputProps extends Part {
  field: TextField;
  trouble: string | undefined;
  pickFiles?: ConnectFormProps['pickFiles'];
}

function TextInput({ field, form, trouble, onChange, pickFiles }: TextInputProps) {
  const { label, hint } = field === 'secret' && form.way === 'certificate' ? { label: 'Password of the file', hint: 'Empty where it has none.' } : LABELS[field];
  const doubt = field === 'secret' ? secretDoubt(form) : undefined;
  const pick = pickFiles && field === 'certificate' ? () => void pickFiles(false).then(([path]) => (path === undefined ? undefined : onChange({ certificate: path })), () => undefined) : undefined;
  return (
    <Field label={label} hint={hint} validationState={trouble ? 'error' : doubt ? 'warning' : 'none'} validationMessage={trouble ?? doubt}>
      <Input
        name={field}
        value={form[field]}
        type={field === 'secret' ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        onChange={(_, { value }) => onChange({ [field]: value })}
        contentAfter={
          pick ? (
            <Button size="small" appearance="transparent" icon={<Icon name="folder" />} onClick={pick}>
              Choose
            </Button>
          ) : null
        }
      />
    </Field>
  );
}
