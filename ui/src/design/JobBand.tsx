// A job on the screen that waits for it: what it does and how far it is. Data below stays readable; a failure is the frame's to say.
import { isUnderWay, progressWords, type Progress } from '../lib/progress';
import { Icon } from './icons';
import css from './JobBand.module.css';
import { Throttled } from './states';
import { Meter } from './StatusBar';

export interface JobBandProps {
  /** `Checks`, `Sync`. */
  name: string;
  job: Progress | undefined;
}

export function JobBand({ name, job }: JobBandProps) {
  if (job === undefined || !isUnderWay(job)) return null;
  if (job.waiting !== null)
    return (
      <Throttled who={job.step} seconds={job.waiting}>
        It goes on by itself; what is read stays readable.
      </Throttled>
    );
  return (
    <div className={css['band']}>
      <Icon name={job.state === 'paused' ? 'pause' : 'refresh'} />
      <span className="cw-strong">{job.state === 'paused' ? `${name} paused` : name}</span>
      <bdi className="cw-cut" role="status">
        {job.step}
      </bdi>
      <Meter done={job.done} total={job.total} label={`${name}: ${job.step}`} />
      <span className="cw-fg3 cw-nowrap">{progressWords(job)}</span>
    </div>
  );
}
