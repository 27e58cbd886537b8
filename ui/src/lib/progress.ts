// How far a job is, in words; the same in the status bar and on the screens.
import { secondsInWords } from './time';

/** What of a job is told; `JobView` of the contract fits. */
export interface Progress {
  state: string;
  step: string;
  done: number;
  total: number | null;
  left: number | null;
  waiting: number | null;
}

/** `12,400 of 31,000, 1 min 10 s left`, or the wait that the service asked for. */
export function progressWords(job: Pick<Progress, 'done' | 'total' | 'left' | 'waiting'>): string {
  const count = job.total === null ? job.done.toLocaleString('en') : `${job.done.toLocaleString('en')} of ${job.total.toLocaleString('en')}`;
  if (job.waiting !== null) return `${count}, waiting ${secondsInWords(job.waiting)}`;
  return job.left === null ? count : `${count}, ${secondsInWords(job.left)} left`;
}

/** It still works, or would go on. */
export function isUnderWay(job: Pick<Progress, 'state'> | undefined): boolean {
  return job?.state === 'running' || job?.state === 'paused';
}
