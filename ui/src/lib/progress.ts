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
  asked?: { waits: boolean } | null;
}

/** `12,400 of 31,000, 1 min 10 s left`, or the wait that the service asked for; nothing of what was not counted yet. */
export function progressWords(job: Pick<Progress, 'done' | 'total' | 'left' | 'waiting'>): string {
  const done = job.total === null && job.done === 0 ? '' : job.done.toLocaleString('en');
  const count = job.total === null ? done : `${done} of ${job.total.toLocaleString('en')}`;
  const time = job.waiting !== null ? `waiting ${secondsInWords(job.waiting)}` : job.left === null ? '' : `${secondsInWords(job.left)} left`;
  return [count, time].filter(Boolean).join(', ');
}

/** It still works, or would go on; what waits for a person's word to begin is not under way. */
export function isUnderWay(job: Pick<Progress, 'state' | 'asked'> | undefined): boolean {
  return (job?.state === 'running' || job?.state === 'paused') && !waitsForWord(job);
}

/** It told its plan and begins when somebody says so. */
export function waitsForWord(job: Pick<Progress, 'asked'> | undefined): boolean {
  return job?.asked?.waits === true;
}
