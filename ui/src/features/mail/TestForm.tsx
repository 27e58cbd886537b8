// The form of a mail test: who sends, whom the app must not reach, and the two things that go further than asking.
import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { useAct } from '../../contract/rpc';
import type { MailLadder } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { visible } from '../../lib/visible';
import { formOf, formTroubles, requestOf, type MailForm } from './form';
import css from './mail.module.css';

export function TestForm({ ladder, busy }: { ladder: MailLadder; busy: boolean }) {
  const run = useAct('mail_test');
  const [form, setForm] = useState(() => formOf(ladder));
  const [tried, setTried] = useState(false);
  const troubles = formTroubles(form);
  const set = (change: Partial<MailForm>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const first = (['mailbox', 'outside', 'user', 'password'] as const).find((field) => troubles[field] !== undefined);
    if (first !== undefined) return event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    run.mutate(requestOf(form));
    // One sign-in was asked for: the next test starts without it.
    set({ login: false, password: '' });
  };
  const told = (field: keyof typeof troubles) => (tried ? { validationState: troubles[field] ? ('error' as const) : ('none' as const), validationMessage: troubles[field] } : {});
  return (
    <form className={css['form']} onSubmit={submit} noValidate aria-label="Mail test">
      <Field label="Mailbox that sends" required {...told('mailbox')}>
        <Input name="mailbox" value={form.mailbox} autoComplete="off" spellCheck={false} onChange={(_, { value }) => set({ mailbox: value })} />
      </Field>
      <Field label="Mailbox it must not reach" hint="For L-01: the app is expected to be refused here." {...told('outside')}>
        <Input name="outside" value={form.outside} autoComplete="off" spellCheck={false} onChange={(_, { value }) => set({ outside: value })} />
      </Field>
      <Checkbox label="May send two tagged messages, to the mailbox itself" checked={form.send} onChange={(_, { checked }) => set({ send: checked === true })} />
      <Checkbox label="Try one sign-in with the old password" checked={form.login} onChange={(_, { checked }) => set({ login: checked === true })} />
      {form.login ? (
        <>
          <Notice tone="warn">A wrong password counts towards the lock-out of this account. It is tried once, never stored, and never shown.</Notice>
          <Field label="User" required {...told('user')}>
            <Input name="user" value={form.user} autoComplete="off" spellCheck={false} onChange={(_, { value }) => set({ user: value })} />
          </Field>
          <Field label="Password" required {...told('password')}>
            <Input name="password" type="password" value={form.password} autoComplete="off" onChange={(_, { value }) => set({ password: value })} />
          </Field>
        </>
      ) : null}
      <Button appearance="primary" type="submit" disabled={busy || run.isPending} icon={<Icon name="play" />}>
        {ladder.run_at === null ? 'Test mailbox' : 'Test again'}
      </Button>
      {ladder.suggested.mailboxes.length > 0 ? <Suggestions mailboxes={ladder.suggested.mailboxes} chosen={form.mailbox} onChoose={(mailbox) => set({ mailbox })} /> : null}
    </form>
  );
}

/** Mailboxes that a demo knows. */
function Suggestions({ mailboxes, chosen, onChoose }: { mailboxes: readonly string[]; chosen: string; onChoose: (mailbox: string) => void }) {
  return (
    <div role="group" aria-label="Mailboxes of the demo">
      <h2 className={css['suggestHead']}>
        Mailboxes of the demo
      </h2>
      {mailboxes.map((mailbox) => (
        <button key={mailbox} type="button" className={css['suggestion']} aria-pressed={mailbox === chosen.trim()} onClick={() => onChoose(mailbox)}>
          <Icon name="mail" size={14} />
          <bdi className="cw-cut">{visible(mailbox)}</bdi>
        </button>
      ))}
    </div>
  );
}
