// A job on the screen that waits for it: what it does, how far it is, or why it ended. Data below stays readable.
import { isUnderWay, progressWords, type Progress } from '../lib/progress';
import { Icon } from './icons';
import css from './JobBand.module.css';
import { Notice } from './Notice';
import { Words } from './Prose';
import { Throttled, type FaultText } from './states';
import { Meter } from './StatusBar';

export interface JobBandProps {
  /** `Checks`, `Sync`. */
  name: string;
  job: (Progress & { failure: FaultText | null }) | undefined;
}

export function JobBand({ name, job }: JobBandProps) {
  if (job === undefined) return null;
  if (job.failure !== null && job.failure.code !== 'cancelled')
    return (
      <Notice band tone="danger" role="alert" title={`${name} ended early.`}>
        <Words text={[job.failure.message, job.failure.hint].filter(Boolean).join(' ')} />
      </Notice>
    );
  if (!isUnderWay(job)) return null;
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
