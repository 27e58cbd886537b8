// The status bar's content: how old the data is per source, what runs now, what left the machine, where it is kept.
import { useEffect, useState } from 'react';
import { useAct, useRpc } from '../contract/rpc';
import type { Commands, JobView, SessionState, SourceAge } from '../contract/rpc.gen';
import { IconButton } from '../design/Panel';
import { Meter, StatusBar, StatusCell } from '../design/StatusBar';
import type { Place } from '../lib/place';
import { isUnderWay, progressWords } from '../lib/progress';
import { ageOf, clockTime, fullTime, type Zone } from '../lib/time';
import { visible } from '../lib/visible';
import { usePreferences } from './preferences';
import { rooms } from './rooms';

const SOURCE_NAMES: Record<string, string> = { sentinel: 'Sentinel', graph: 'Graph', logs: 'Log Analytics' };
type JobCommand = { [K in keyof Commands]: Commands[K]['answer'] extends JobView ? K : never }[keyof Commands];
/** By every command that begins a job: one that is added has no name on screen until it stands here, and does not compile. */
const JOB_WORDS: Record<JobCommand, string> = {
  sync_run: 'Sync',
  sync_reconcile: 'Reconcile',
  sync_older: 'Older incidents',
  incident_read: 'Incident',
  alert_read: 'Alerts',
  incident_export: 'Export',
  change_apply: 'Changes',
  change_undo: 'Undo',
  readiness_run: 'Checks',
  mail_test: 'Mail test',
  account_sign_in: 'Sign-in',
  doctor_run: 'Doctor',
  connection_test: 'Connection test',
  cache_tidy: 'Check of the local copy',
};
const JOB_NAMES: Record<string, string> = JOB_WORDS;
const STORE_WORDS: Record<string, string> = { keychain: 'Store sealed', memory: 'Key in memory only' };

export function Status({ session, go }: { session: SessionState | undefined; go: (place: Place) => void }) {
  const { zone, setZone } = usePreferences();
  const now = useMinute();
  const jobs = useRpc('job_list', {}).data?.jobs ?? [];
  const running = jobs.find(isUnderWay);
  const store = session ? STORE_WORDS[session.store] : undefined;
  return (
    <StatusBar
      start={
        <>
          <Age session={session} zone={zone} />
          {session?.sources.map((source) => <Source key={source.api} source={source} now={now} />)}
          {running ? <Job job={running} /> : null}
        </>
      }
      end={
        <>
          <Requests open={session !== undefined && session.kind !== 'none'} go={go} />
          {store ? (
            <StatusCell icon="lock" className="cw-hide-narrow">
              {store}
            </StatusCell>
          ) : null}
          <Next open={session !== undefined && session.kind !== 'none' && session.kind !== 'files'} zone={zone} />
          {session?.demo ? <StatusCell>DEMO</StatusCell> : null}
          <StatusCell title="Show times in UTC or local time" onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}>
            {zone === 'utc' ? 'UTC' : 'Local time'}
          </StatusCell>
        </>
      }
    />
  );
}

function Age({ session, zone }: { session: SessionState | undefined; zone: Zone }) {
  const times = session?.sources.map((source) => source.read_at).filter((at) => at !== null) ?? [];
  const oldest = times.sort()[0];
  if (session === undefined || session.kind === 'none') return <StatusCell dot="old">Nothing open</StatusCell>;
  if (oldest === undefined) return <StatusCell dot="old">{session.kind === 'files' ? 'From files' : 'Not read yet'}</StatusCell>;
  return (
    <StatusCell dot="ok" title={`Oldest reading shown: ${fullTime(oldest, zone)}`}>
      {`As of ${clockTime(oldest, zone)}${zone === 'utc' ? ' UTC' : ''}`}
    </StatusCell>
  );
}

function Source({ source, now }: { source: SourceAge; now: number }) {
  const name = SOURCE_NAMES[source.api] ?? source.api;
  const words = `${name} ${source.read_at === null ? 'not read' : ageOf(source.read_at, now)}`;
  if (source.trouble !== null)
    return (
      <StatusCell icon="warn" tone="warn" title={source.trouble}>
        {words}
      </StatusCell>
    );
  return (
    <StatusCell title={source.note === null ? `${source.rows.toLocaleString('en')} rows` : visible(source.note)} className={source.api === 'logs' ? 'cw-hide-narrow' : ''}>
      {words}
    </StatusCell>
  );
}

function Job({ job }: { job: JobView }) {
  const cancel = useAct('job_cancel');
  const pause = useAct('job_pause');
  const resume = useAct('job_resume');
  const name = JOB_NAMES[job.command] ?? job.command;
  const paused = job.state === 'paused';
  return (
    <>
      <StatusCell title={job.step}>
        {paused ? `${name} paused` : name}
        <Meter done={job.done} total={job.total} label={`${name}: ${job.step}`} />
        {progressWords(job)}
      </StatusCell>
      {paused ? <IconButton icon="play" label={`Go on with ${name}`} onClick={() => resume.mutate({ id: job.id })} /> : <IconButton icon="pause" label={`Pause ${name}`} onClick={() => pause.mutate({ id: job.id })} />}
      <IconButton icon="close" label={`Cancel ${name}`} onClick={() => cancel.mutate({ id: job.id })} />
    </>
  );
}

/** When it is read again by itself, or why that waits. */
function Next({ open, zone }: { open: boolean; zone: Zone }) {
  const schedule = useRpc('schedule_get', {}, { enabled: open }).data;
  if (!open || schedule === undefined || schedule.next === null) return null;
  if (schedule.waiting !== null) return <StatusCell title="A reading is due. It begins when this is over, or read now from Incidents.">{schedule.waiting === 'battery' ? 'Waits: on battery' : 'Waits: metered network'}</StatusCell>;
  return (
    <StatusCell className="cw-hide-narrow" title="Read again by itself; Accounts, Settings say how often">
      {`Next ${clockTime(schedule.next, zone)}`}
    </StatusCell>
  );
}

function Requests({ open, go }: { open: boolean; go: (place: Place) => void }) {
  const total = useRpc('request_list', { offset: 0, limit: 1, text: '' }, { enabled: open }).data?.total;
  if (total === undefined || !open) return null;
  const words = `Requests ${total.toLocaleString('en')}`;
  if (!rooms.some((room) => room.id === 'requests')) return <StatusCell icon="request">{words}</StatusCell>;
  return (
    <StatusCell icon="request" title="Every request that left this machine" onClick={() => go({ room: 'requests' })}>
      {words}
    </StatusCell>
  );
}

/** The time now, in ms, renewed each half minute: ages stay true while nothing happens. */
function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(tick);
  }, []);
  return now;
}
