// How the open tenant is kept current, and what one wants to be told of.
import { Button, Checkbox, Field, Select } from '@fluentui/react-components';
import { useAct, useRpc } from '../../contract/rpc';
import type { News, Schedule } from '../../contract/rpc.gen';
import { Section } from '../../design/Screen';
import { Time } from '../../design/Time';
import css from './accounts.module.css';

const NEVER = 'never';
/** In minutes; what was set by hand is offered too. */
const CHOICES = [5, 15, 30, 60, 240, 1440];
const NEWS: Record<News, string> = {
  high_severity: 'New incidents of high severity',
  redirected: 'Incidents merged into others',
  unresolved: 'Merged incidents without a visible target',
  trouble: 'Lists that can’t be read any more',
};
const KINDS: readonly News[] = ['high_severity', 'redirected', 'unresolved', 'trouble'];

export function Background() {
  const { data } = useRpc('schedule_get', {});
  const change = useAct('schedule_set');
  if (data === undefined) return null;
  const { set } = data;
  const tell = (news: News, wanted: boolean) => change.mutate({ ...set, tell: KINDS.filter((one) => (one === news ? wanted : set.tell.includes(one))) });
  return (
    <Section title="In the background" note="While Crosswalk is open.">
      <Field label="Read what is new" hint={<Due schedule={data} />}>
        <Select className={css['choose'] ?? ''} value={set.every === null ? NEVER : String(set.every)} onChange={(_, { value }) => change.mutate({ ...set, every: value === NEVER ? null : Number(value) })}>
          <option value={NEVER}>Only when I ask</option>
          {offered(set.every).map((minutes) => (
            <option key={minutes} value={minutes}>
              {everyInWords(minutes)}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox checked={set.spare} label="Wait while on battery or on a metered network" onChange={(_, { checked }) => change.mutate({ ...set, spare: checked === true })} />
      <p className="cw-caption cw-fg3">{systemInWords(data)}</p>
      {data.unread_before === null ? null : <Older before={data.unread_before} every={set.every} />}
      <div role="group" aria-labelledby="background-news" className={css['group']}>
        <span id="background-news">Tell me of</span>
        {KINDS.map((news) => (
          <Checkbox key={news} checked={set.tell.includes(news)} label={NEWS[news]} onChange={(_, { checked }) => tell(news, checked === true)} />
        ))}
      </div>
    </Section>
  );
}

/** What a large tenant's first reading left for later. */
function Older({ before, every }: { before: string; every: number | null }) {
  const read = useAct('sync_older');
  return (
    <div className="cw-row">
      <span className="cw-caption cw-fg2">
        Defender’s incidents that last changed before <Time at={before} form="full" /> are not read yet. {every === null ? 'Crosswalk reads some when you ask' : 'Behind each reading Crosswalk reads some'}, newest first. One that you open is read at once.
      </span>
      <span className="cw-end" />
      <Button size="small" disabled={read.isPending} onClick={() => read.mutate({})}>
        Read some now
      </Button>
    </div>
  );
}

function Due({ schedule }: { schedule: Schedule }) {
  if (schedule.next === null) return null;
  if (schedule.waiting !== null) return schedule.waiting === 'battery' ? 'Due, and waits: this PC runs on battery.' : 'Due, and waits: the network is metered.';
  return (
    <>
      Next: <Time at={schedule.next} form="full" />
    </>
  );
}

function offered(every: number | null): number[] {
  return every === null || CHOICES.includes(every) ? CHOICES : [...CHOICES, every].sort((a, b) => a - b);
}

function everyInWords(minutes: number): string {
  if (minutes === 1440) return 'Once a day';
  if (minutes === 60) return 'Every hour';
  return minutes % 60 === 0 ? `Every ${minutes / 60} hours` : `Every ${minutes} minutes`;
}

function systemInWords({ battery, metered }: Schedule): string {
  const power = battery === null ? 'Power: the system does not say.' : battery ? 'Power: on battery.' : 'Power: plugged in.';
  const network = metered === null ? 'Network: the system does not say.' : metered ? 'Network: metered.' : 'Network: not metered.';
  return `${power} ${network}`;
}
