// What a pasted error means: the text is read by the core on this machine, nothing is sent.
import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { useAct } from '../../contract/rpc';
import type { MailExplanation } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Panel } from '../../design/Panel';
import { Words } from '../../design/Prose';
import css from './mail.module.css';
import { Cause } from './StepPanel';

const SOURCES: Record<string, string> = { smtp: 'From an SMTP server', graph: 'From Microsoft Graph', entra: 'From Microsoft Entra', client: 'From the mailer itself' };

export function ExplainPanel({ onClose }: { onClose: () => void }) {
  const explain = useAct('mail_explain', { quiet: true });
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') explain.mutate({ text });
  };
  return (
    <Panel label="Explain an error" screen="mail" width={492} marks={<Icon name="search" />} title="Explain an error" onClose={onClose}>
      <form onSubmit={submit} className={css['explain']}>
        <Field label="What the mailer said" hint="A log line, an SMTP reply, JSON of Graph, an AADSTS code. It is read on this PC.">
          <Textarea rows={6} resize="vertical" value={text} onChange={(_, { value }) => setText(value)} spellCheck={false} autoFocus />
        </Field>
        <div>
          <Button appearance="primary" type="submit" disabled={text.trim() === '' || explain.isPending}>
            Explain
          </Button>
        </div>
      </form>
      {explain.error ? (
        <Notice tone="danger" role="alert">
          <Words text={explain.error.message} />
        </Notice>
      ) : null}
      {explain.data ? <Matches explanation={explain.data} /> : null}
    </Panel>
  );
}

function Matches({ explanation: { matches } }: { explanation: MailExplanation }) {
  return (
    <div role="status">
      {matches.length === 0 ? (
        <Notice tone="plain">No known sentence is in this text. The exact reply of the server, with its code, helps most.</Notice>
      ) : (
        matches.map((match) => (
          <div key={match.id}>
            <p className={css['source']}>{SOURCES[match.source] ?? match.source}</p>
            <Cause cause={match} />
          </div>
        ))
      )}
    </div>
  );
}
