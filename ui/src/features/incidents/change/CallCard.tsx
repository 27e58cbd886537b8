// One request before it is sent: verb, path, each member old and new, what guards it; and one change in three tellings.
import type { ChangeCall, ChangeClash, ChangeField, ChangePlan } from '../../../contract/rpc.gen';
import { Notice } from '../../../design/Notice';
import { Words } from '../../../design/Prose';
import { SourceBadge } from '../../../design/SourceBadge';
import { visible } from '../../../lib/visible';
import css from './change.module.css';
import { memberWord } from './words';

export function words(values: readonly string[]): string {
  return values.length === 0 ? 'nothing' : visible(values.join(', '));
}

/** What would be done to one incident, or why nothing would. */
export function PlanCard({ plan }: { plan: ChangePlan }) {
  return (
    <section className={css['plan']} aria-label={`Incident ${plan.graph_id ?? plan.number ?? plan.key}`}>
      <h3>
        {plan.api === null ? null : <SourceBadge lane={plan.api === 'graph' ? 'd' : 's'} />} {visible(plan.title)}
      </h3>
      {plan.refusal === null ? null : (
        <Notice tone="warn" icon="lock">
          <Words text={plan.refusal} />
        </Notice>
      )}
      {plan.notes.map((note) => (
        <Notice key={note} tone="info">
          <Words text={note} />
        </Notice>
      ))}
      {plan.refusal === null && plan.calls.length === 0 ? <p className="cw-caption cw-fg2">All of this is so already; nothing is sent.</p> : null}
      {plan.calls.map((call, at) => (
        <CallCard key={at} call={call} number={at + 1} />
      ))}
    </section>
  );
}

function CallCard({ call, number }: { call: ChangeCall; number: number }) {
  return (
    <article className={css['card']} aria-label={`Call ${number}`}>
      <header>
        <span className="cw-fg3">{number}</span>
        <code className={css['verb']}>{call.verb}</code>
        <code>{call.path}</code>
      </header>
      <Fields fields={call.fields} comment={call.comment} />
      <p className={css['guard']}>
        <Words text={call.guard} />
      </p>
    </article>
  );
}

export function Fields({ fields, comment }: { fields: readonly ChangeField[]; comment: string | null }) {
  return (
    <dl className={css['fields']}>
      {fields.map((field) => (
        <Pair key={field.member} field={field} />
      ))}
      {comment === null ? null : (
        <>
          <dt>Comment</dt>
          <dd className={css['new']}>{visible(comment)}</dd>
        </>
      )}
    </dl>
  );
}

function Pair({ field }: { field: ChangeField }) {
  return (
    <>
      <dt title={field.member}>{memberWord(field.member)}</dt>
      <dd>
        <span className="cw-sr">before </span>
        <span className={css['old']}>{words(field.before)}</span> → <span className="cw-sr">after </span>
        <span className={css['new']}>{words(field.after)}</span>
      </dd>
    </>
  );
}

/** Before, yours, theirs. */
export function ThreeColumns({ clashes }: { clashes: readonly ChangeClash[] }) {
  return (
    <table className={css['three']} aria-label="Before, yours and theirs">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before, as you saw it</th>
          <th scope="col">Yours</th>
          <th scope="col">Theirs, there now</th>
        </tr>
      </thead>
      <tbody>
        {clashes.map((clash) => (
          <tr key={clash.member}>
            <th scope="row">{memberWord(clash.member)}</th>
            <td>{words(clash.before)}</td>
            <td>{clash.yours === null ? 'as it was' : words(clash.yours)}</td>
            <td>{words(clash.theirs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
