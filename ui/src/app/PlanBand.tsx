// A long first reading before it begins, over whatever screen is shown: what it will ask of Microsoft, and who says
// that it may. Afterwards what it said beside what it needed.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useLatestJob } from '../contract/jobs';
import { useAct } from '../contract/rpc';
import { Notice } from '../design/Notice';
import { IconButton } from '../design/Panel';
import { visible } from '../lib/visible';

export function PlanBand({ tenant }: { tenant: string | undefined }) {
  const job = useLatestJob('sync_run');
  const start = useAct('job_resume');
  const refuse = useAct('job_cancel');
  const [dismissed, setDismissed] = useState<number>();
  if (!job?.asked || dismissed === job.id) return null;
  const { id, asked, state } = job;
  if (asked.waits)
    return (
      <Notice
        band
        tone="info"
        icon="clock"
        role="status"
        title={`The first reading of ${visible(tenant ?? 'this tenant')} is a long one.`}
        actions={
          <>
            <Button size="small" appearance="primary" disabled={start.isPending} onClick={() => start.mutate({ id })}>
              Start reading
            </Button>
            <Button size="small" disabled={refuse.isPending} onClick={() => refuse.mutate({ id })}>
              Not now
            </Button>
          </>
        }
      >
        {asked.plan} It can be paused and goes on where it stopped; what is read is shown at once.
      </Notice>
    );
  if (state !== 'done' || asked.outcome === null) return null;
  return (
    <Notice band tone="ok" role="status" title="The first reading is done." end={<IconButton icon="close" label="Dismiss" onClick={() => setDismissed(id)} />}>
      {asked.outcome}
    </Notice>
  );
}
