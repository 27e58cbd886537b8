// A change as it is told wherever it is shown: how it ended, its members old and new, and a conflict in three columns.
import { visible } from '../lib/visible';
import css from './ChangeParts.module.css';
import { Icon, type IconName } from './icons';
import type { NoticeTone } from './Notice';

export interface ChangedField {
  /** As the body spells it: `properties.status`. */
  member: string;
  before: readonly string[];
  after: readonly string[];
}

export interface ClashedField {
  member: string;
  before: readonly string[];
  /** Null = it was to stay as it was. */
  yours: readonly string[] | null;
  theirs: readonly string[];
}

export const OUTCOMES = {
  under_way: { word: 'Under way', tone: 'info', icon: 'clock' },
  done: { word: 'Done', tone: 'ok', icon: 'check' },
  failed: { word: 'Failed', tone: 'danger', icon: 'close' },
  conflict: { word: 'Conflict', tone: 'warn', icon: 'swap' },
  unknown: { word: 'Outcome unknown', tone: 'warn', icon: 'help' },
} as const satisfies Record<string, { word: string; tone: NoticeTone; icon: IconName }>;
export type OutcomeName = keyof typeof OUTCOMES;

/** Glyph and word; the colour says nothing that they do not. */
export function OutcomeMark({ outcome }: { outcome: OutcomeName }) {
  const { word, tone, icon } = OUTCOMES[outcome];
  return (
    <span className={`${css['outcome']} ${css[tone]}`}>
      <Icon name={icon} size={14} />
      {word}
    </span>
  );
}

const MEMBERS: Record<string, string> = {
  status: 'Status',
  assignedTo: 'Owner',
  owner: 'Owner',
  severity: 'Severity',
  classification: 'Classification',
  determination: 'Determination',
  classificationReason: 'Reason',
  customTags: 'Tags',
  labels: 'Tags',
};

/** `properties.labels` is `Tags`. */
export function memberWord(member: string): string {
  return MEMBERS[member.replace('properties.', '')] ?? member;
}

export function valueWords(values: readonly string[]): string {
  return values.length === 0 ? 'nothing' : visible(values.join(', '));
}

export function ChangedFields({ fields, comment }: { fields: readonly ChangedField[]; comment: string | null }) {
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

function Pair({ field }: { field: ChangedField }) {
  return (
    <>
      <dt title={field.member}>{memberWord(field.member)}</dt>
      <dd>
        <span className="cw-sr">before </span>
        <span className={css['old']}>{valueWords(field.before)}</span> → <span className="cw-sr">after </span>
        <span className={css['new']}>{valueWords(field.after)}</span>
      </dd>
    </>
  );
}

/** The requests that wrote, or tried to, in their order. */
export function SentRequests({ sent }: { sent: readonly { verb: string; path: string }[] }) {
  if (sent.length === 0) return <p className="cw-prose">No request was sent.</p>;
  return (
    <ol className={css['sent']} aria-label="Requests">
      {sent.map(({ verb, path }) => (
        <li key={`${verb} ${path}`}>
          <code className={css['verb']}>{verb}</code> <code>{visible(path)}</code>
        </li>
      ))}
    </ol>
  );
}

/** Before, yours, theirs. */
export function ThreeColumns({ clashes }: { clashes: readonly ClashedField[] }) {
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
            <td>{valueWords(clash.before)}</td>
            <td>{clash.yours === null ? 'as it was' : valueWords(clash.yours)}</td>
            <td>{valueWords(clash.theirs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
