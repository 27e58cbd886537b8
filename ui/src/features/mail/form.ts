// What a mail test is started with, checked before the core is asked. Pure.
import type { MailLadder, MailStep, MailTestRequest } from '../../contract/rpc.gen';
import type { LadderStage } from '../../design/Ladder';

export interface MailForm {
  mailbox: string;
  outside: string;
  /** One sign-in with a password is asked for. */
  login: boolean;
  user: string;
  password: string;
  send: boolean;
}
export type MailField = 'mailbox' | 'outside' | 'user' | 'password';

const ADDRESS = /^[^\s@<>"(),:;\\[\]]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/iu;

export function formOf({ suggested, mailbox }: Pick<MailLadder, 'suggested' | 'mailbox'>): MailForm {
  return { mailbox: mailbox ?? suggested.mailbox ?? '', outside: suggested.outside ?? '', login: false, user: '', password: '', send: false };
}

/** What stands in the way, by field. */
export function formTroubles(form: MailForm): Partial<Record<MailField, string>> {
  const mailbox = form.mailbox.trim();
  const outside = form.outside.trim();
  return {
    ...(ADDRESS.test(mailbox) ? {} : { mailbox: 'An address, such as reports@contoso.com.' }),
    ...(outside === '' || ADDRESS.test(outside) ? {} : { outside: 'An address, or nothing.' }),
    ...(outside !== '' && outside.toLowerCase() === mailbox.toLowerCase() ? { outside: 'Another mailbox than the one that sends.' } : {}),
    ...(form.login && form.user.trim() === '' ? { user: 'The name that the mailer signs in with.' } : {}),
    ...(form.login && form.password === '' ? { password: 'Used once and never stored.' } : {}),
  };
}

/** A password travels only where its sign-in is ticked. */
export function requestOf(form: MailForm): MailTestRequest {
  return {
    mailbox: form.mailbox.trim(),
    outside: form.outside.trim() === '' ? null : form.outside.trim(),
    login: form.login ? { user: form.user.trim(), password: form.password } : null,
    send: form.send,
  };
}

/** The steps as the ladder shows them: stage by stage. */
export function inOrder(steps: readonly MailStep[]): MailStep[] {
  const stages = [...new Set(steps.map((step) => step.stage))];
  return stages.flatMap((stage) => steps.filter((step) => step.stage === stage));
}

/** The stages in the order they began. */
export function stagesOf(steps: readonly MailStep[]): LadderStage[] {
  return [...new Set(steps.map((step) => step.stage))].map((name) => ({
    name,
    steps: steps.filter((step) => step.stage === name).map((step) => ({ id: step.id, name: step.title, verdict: step.verdict, outcome: step.reason, took: step.took_ms > 0 || step.evidence.length > 0 ? step.took_ms : undefined })),
  }));
}
