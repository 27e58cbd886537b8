// The panel's tabs of what belongs to an incident: alerts, entities, both sides in time, comments, tasks; each
// with its age.
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Alert, Comment, Entity, IncidentParts, PartAge, Task, Teller, TimelineMoment } from '../../../contract/rpc.gen';
import { Icon } from '../../../design/icons';
import { Notice } from '../../../design/Notice';
import { SeverityMark } from '../../../design/SeverityMark';
import { SourceBadge, SourceBadges } from '../../../design/SourceBadge';
import { ErrorState, Loading } from '../../../design/states';
import { Time } from '../../../design/Time';
import { ageOf } from '../../../lib/time';
import { visible } from '../../../lib/visible';
import css from './parts.module.css';
import type { PartsReading } from './reading';

const PART_TABS = ['alerts', 'entities', 'timeline', 'comments', 'tasks'] as const;
export type PartTabKey = (typeof PART_TABS)[number];

export function isPartTab(tab: string): tab is PartTabKey {
  return (PART_TABS as readonly string[]).includes(tab);
}

const EMPTY: Record<PartTabKey, string> = {
  alerts: 'Neither side tells of an alert.',
  entities: 'Neither side names an entity.',
  timeline: 'Nothing with a time is known.',
  comments: 'Nobody commented.',
  tasks: 'Nobody set a task.',
};

export function PartTab({ tab, reading }: { tab: PartTabKey; reading: PartsReading }) {
  const { parts, error, refresh, busy } = reading;
  if (error) return <ErrorState fault={error} onRetry={refresh} />;
  if (parts === undefined) return <Loading label={tab} rows={4} />;
  if (tab === 'tasks' && !parts.tasks.kept) return <NoTasks />;
  const age = tab === 'timeline' ? parts.alerts.age : parts[tab].age;
  const rows = rowsOf(tab, parts);
  return (
    <div className={css['part']}>
      <Head age={age} readable={parts.readable} busy={busy} onRefresh={refresh} />
      {age.trouble.map((why) => (
        <Notice key={why} tone="warn">
          <bdi>{visible(why)}</bdi>
        </Notice>
      ))}
      {rows.length > 0 ? (
        <ul className={css['rows']} aria-label={tab}>
          {rows}
        </ul>
      ) : busy ? (
        <Loading label={tab} rows={3} />
      ) : age.read_at === null ? null : (
        <p className="cw-caption cw-fg2">{EMPTY[tab]}</p>
      )}
    </div>
  );
}

function NoTasks() {
  return (
    <div className={css['part']}>
      <p className="cw-caption cw-fg2">Sentinel does not hold this incident, and Defender tells of no tasks.</p>
    </div>
  );
}

/** How old it is, and the way to read it again. */
function Head({ age, readable, busy, onRefresh }: { age: PartAge; readable: boolean; busy: boolean; onRefresh: () => void }) {
  const words = age.read_at === null ? 'Not read yet' : `Read ${ago(age.read_at)}`;
  return (
    <div className="cw-row">
      <span className="cw-caption cw-fg2" role="status">
        {busy ? `${words}, reading…` : words}
      </span>
      <span className="cw-end" />
      {readable ? (
        <Button size="small" icon={<Icon name="refresh" size={14} />} disabled={busy} onClick={onRefresh}>
          Refresh
        </Button>
      ) : (
        <span className="cw-caption cw-fg2">Only files are open: nobody can be asked.</span>
      )}
    </div>
  );
}

function ago(at: string): string {
  const age = ageOf(at, Date.now());
  return age === 'now' ? 'just now' : `${age} ago`;
}

function rowsOf(tab: PartTabKey, parts: IncidentParts): ReactNode[] {
  switch (tab) {
    case 'alerts':
      return parts.alerts.items.map((one, at) => <AlertRow key={at} alert={one} />);
    case 'entities':
      return parts.entities.items.map((one, at) => <EntityRow key={at} entity={one} />);
    case 'timeline':
      return parts.timeline.map((one, at) => <MomentRow key={at} moment={one} />);
    case 'comments':
      return parts.comments.items.map((one, at) => <CommentRow key={at} comment={one} />);
    case 'tasks':
      return parts.tasks.items.map((one, at) => <TaskRow key={at} task={one} />);
  }
}

function Told({ teller }: { teller: Teller }) {
  return teller === 'crosswalk' ? <span className="cw-caption cw-fg2">Crosswalk</span> : <SourceBadge lane={teller === 'graph' ? 'd' : 's'} />;
}

function AlertRow({ alert }: { alert: Alert }) {
  const facts = [alert.product, alert.status, ...alert.tactics].filter((one) => one !== null && one !== '');
  return (
    <li>
      <div className="cw-row">
        <SeverityMark severity={alert.severity} as="tag" />
        <Told teller={alert.teller} />
        <span className="cw-end" />
        <Time at={alert.last ?? alert.first} form="full" />
      </div>
      <bdi className={css['text']}>{visible(alert.title)}</bdi>
      <bdi className="cw-caption cw-fg2">{visible(facts.join(' · '))}</bdi>
    </li>
  );
}

function EntityRow({ entity }: { entity: Entity }) {
  return (
    <li>
      <div className="cw-row">
        <span className="cw-caption cw-fg2">{visible(entity.kind)}</span>
        <Told teller={entity.teller} />
      </div>
      <bdi className={css['text']}>{visible(entity.name)}</bdi>
      {entity.aliases.length === 0 ? null : <bdi className="cw-caption cw-fg2">{visible(entity.aliases.join(' · '))}</bdi>}
    </li>
  );
}

function MomentRow({ moment }: { moment: TimelineMoment }) {
  return (
    <li>
      <div className="cw-row">
        <Time at={moment.at} form="full" />
        <Told teller={moment.teller} />
        <strong className="cw-caption">{moment.what}</strong>
      </div>
      {moment.text === '' ? null : <bdi className={css['text']}>{visible(moment.text)}</bdi>}
    </li>
  );
}

function CommentRow({ comment }: { comment: Comment }) {
  return (
    <li>
      <div className="cw-row">
        {comment.in_both ? <SourceBadges lanes={['s', 'd']} /> : <Told teller={comment.teller} />}
        <bdi className="cw-caption">{comment.author === null ? 'somebody' : visible(comment.author)}</bdi>
        <span className="cw-end" />
        <Time at={comment.at} form="full" />
      </div>
      <bdi className={css['text']}>{visible(comment.text)}</bdi>
    </li>
  );
}

/** Known words read as people write them; any other stands as it was told. */
const TASK_STATUS: Partial<Record<string, string>> = { new: 'New', completed: 'Completed' };

function TaskRow({ task }: { task: Task }) {
  const done = task.status === 'completed';
  return (
    <li>
      <div className="cw-row">
        <strong className="cw-caption">{TASK_STATUS[task.status] ?? visible(task.status)}</strong>
        <Told teller="sentinel" />
        <bdi className="cw-caption">{visible((done ? task.changed_by : task.created_by) ?? 'somebody')}</bdi>
        <span className="cw-end" />
        <Time at={done ? task.changed : task.created} form="full" />
      </div>
      <bdi className={css['text']}>{visible(task.title)}</bdi>
      {task.description === null ? null : <bdi className="cw-caption cw-fg2">{visible(task.description)}</bdi>}
    </li>
  );
}
