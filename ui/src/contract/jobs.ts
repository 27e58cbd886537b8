// Jobs as screens meet them: the latest of a kind, running or ended.
import { useRpc } from './rpc';
import type { CommandName, JobView } from './rpc.gen';

/** The newest job that this command started; an ended one tells why a result is missing. */
export function useLatestJob(command: CommandName): JobView | undefined {
  return useRpc('job_list', {}).data?.jobs.findLast((job) => job.command === command);
}
