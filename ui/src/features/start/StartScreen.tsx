// The first run: three ways to begin, what a merge does, what leaves the PC. No sign-in is needed to see the product work.
// Start reading at `StartScreen`; the open way is in the address, so that other screens can lead to it.
import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useAct, useRpc, useTransport } from '../../contract/rpc';
import type { ErrorView } from '../../contract/rpc.gen';
import { Icon, type IconName } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import type { ScreenProps } from '../../lib/place';
import { MergeDrawing } from './MergeDrawing';
import { pathsOf } from './paths';
import css from './start.module.css';

export function StartScreen({ params, setParams, go }: ScreenProps) {
  const demo = useAct('session_demo', { quiet: true });
  const files = params['way'] === 'files';
  return (
    <div className={css['start']}>
      <div className={css['left']} data-region="list" tabIndex={-1}>
        <h1>Take your team across, and keep every incident in sight.</h1>
        <p className={css['lead']}>Crosswalk shows what breaks when Sentinel moves to the Defender portal, where merged incidents went, and whether a mailer still works.</p>
        <div className={css['ways']}>
          <WayCard icon="compass" title="Explore the demo tenant" note="A made-up Contoso, half moved. Runs on this PC, no sign-in." primary busy={demo.isPending} onPress={() => demo.mutate({}, { onSuccess: () => go({ room: 'overview' }) })} />
          {demo.error ? <Failure error={demo.error} /> : null}
          <WayCard icon="account" title="Connect a tenant" note="Reads only, until you choose more. Each permission is explained before it is asked." onPress={() => go({ room: 'accounts', params: { panel: 'connect' } })} />
          <WayCard icon="folder" title="Open files" note="Rules and playbooks as JSON or ARM templates: files or whole folders." open={files} onPress={() => setParams({ way: files ? undefined : 'files' }, 'replace')} />
          {files ? <FilesWay go={go} /> : null}
        </div>
        <dl className={css['dates']}>
          <div>
            <dt>31 March 2027</dt>
            <dd>Sentinel leaves the Azure portal</dd>
          </div>
          <div>
            <dt>End of December 2026</dt>
            <dd>SMTP passwords go off by default; administrators may switch them back on</dd>
          </div>
        </dl>
      </div>
      <section className={css['right']} aria-labelledby="what-a-merge-does">
        <h2 id="what-a-merge-does">
          What a merge does <span>an example</span>
        </h2>
        <MergeDrawing />
        <ul className={css['facts']}>
          <li>Alerts and tags move to the incident that Defender chose. Comments and activity stay behind.</li>
          <li>The source is closed, tagged <code>Redirected</code>, and leaves the Defender portal. In Sentinel it stays.</li>
          <li>A ticket that names the source still names it. Crosswalk follows each chain to its end and shows the proof.</li>
        </ul>
      </section>
      <Footer go={go} />
    </div>
  );
}

interface WayCardProps {
  icon: IconName;
  title: string;
  note: string;
  primary?: boolean;
  busy?: boolean;
  /** Present on a card that opens something below itself. */
  open?: boolean;
  onPress: () => void;
}

function WayCard({ icon, title, note, primary = false, busy = false, open, onPress }: WayCardProps) {
  return (
    <button type="button" className={`${css['way']} ${primary ? css['primary'] : ''}`} aria-expanded={open} disabled={busy} onClick={onPress}>
      <span className={css['wayIcon']}>
        <Icon name={icon} size={20} />
      </span>
      <span>
        <strong>{title}</strong>
        <span className={css['wayNote']} role={busy ? 'status' : undefined}>
          {busy ? 'Starting on this PC …' : note}
        </span>
      </span>
      <Icon name={open ? 'chevronDown' : 'chevronRight'} />
    </button>
  );
}

function Failure({ error }: { error: ErrorView }) {
  return (
    <Notice tone="danger" role="alert">
      <Words text={[error.message, error.hint].filter(Boolean).join(' ')} />
    </Notice>
  );
}

function FilesWay({ go }: { go: ScreenProps['go'] }) {
  const transport = useTransport();
  const open = useAct('session_files', { quiet: true });
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);
  const read = (paths: string[]) => {
    if (paths.length > 0) open.mutate({ paths }, { onSuccess: () => go({ room: 'readiness' }) });
  };
  const pick = (folders: boolean) => {
    setRefused(false);
    void transport.pickFiles?.(folders).then(read, () => setRefused(true));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    read(pathsOf(text));
  };
  return (
    <div className={css['below']}>
      {transport.pickFiles ? (
        <div className="cw-row" style={{ flexWrap: 'wrap' }}>
          <Button appearance="primary" disabled={open.isPending} icon={<Icon name="file" />} onClick={() => pick(false)}>
            Choose files
          </Button>
          <Button disabled={open.isPending} icon={<Icon name="folder" />} onClick={() => pick(true)}>
            Choose folders
          </Button>
        </div>
      ) : null}
      <form className={css['paths']} onSubmit={submit}>
        <Field label={transport.pickFiles ? 'Or type paths' : 'Paths on this PC'} hint="One file or folder a line. They are read, never changed, and never sent.">
          <Textarea value={text} rows={3} resize="vertical" spellCheck={false} onChange={(_, { value }) => setText(value)} />
        </Field>
        <div>
          <Button type="submit" appearance={transport.pickFiles ? 'secondary' : 'primary'} disabled={open.isPending || pathsOf(text).length === 0}>
            Check these files
          </Button>
        </div>
      </form>
      {refused ? <Notice tone="danger" role="alert">The system’s file dialog did not open. Paths can be typed instead.</Notice> : null}
      {open.error ? <Failure error={open.error} /> : null}
    </div>
  );
}

function Footer({ go }: { go: ScreenProps['go'] }) {
  const accounts = useRpc('account_list', {}).data;
  return (
    <footer className={css['foot']}>
      <Assurance icon="lock">Runs on this PC</Assurance>
      <Assurance icon="eye">Reads only, until you choose more</Assurance>
      <Assurance icon="key">{accounts ? <Words text={accounts.keychain_ready ? `Secrets in ${accounts.keychain}` : 'No keychain answers: secrets stay in memory'} /> : 'Secrets in the system keychain'}</Assurance>
      <Assurance icon="request">Talks to Microsoft only; the demo to nobody</Assurance>
      <span className="cw-end" />
      <Button size="small" appearance="transparent" onClick={() => go({ room: 'requests' })}>
        See every request
      </Button>
    </footer>
  );
}

function Assurance({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <span className={css['promise']}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
