// One request before it is sent: verb, path, each member old and new, what guards it.
import type { ChangeCall, ChangePlan } from '../../../contract/rpc.gen';
import { ChangedFields } from '../../../design/ChangeParts';
import { Notice } from '../../../design/Notice';
import { Words } from '../../../design/Prose';
import { SourceBadge } from '../../../design/SourceBadge';
import { visible } from '../../../lib/visible';
import css from './change.module.css';

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
      <ChangedFields fields={call.fields} comment={call.comment} />
      <p className={css['guard']}>
        <Words text={call.guard} />
      </p>
    </article>
  );
}
