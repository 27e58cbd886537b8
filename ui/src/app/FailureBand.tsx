// Says once what failed, what still works, and stays until it is dismissed or the next thing succeeds.
import { use, useState } from 'react';
import { reportFailure, useFailure } from '../contract/failure';
import { CopyButton } from '../design/EvidenceBlock';
import { Notice } from '../design/Notice';
import { IconButton } from '../design/Panel';
import { ExplainContext } from '../design/states';
import { visible } from '../lib/visible';

/** What the core has to say about the session as a whole, until it is dismissed. */
export function SessionNotice({ notice }: { notice: string | null }) {
  const [dismissed, setDismissed] = useState<string>();
  if (notice === null || notice === dismissed) return null;
  return (
    <Notice band tone="warn" role="status" end={<IconButton icon="close" label="Dismiss" onClick={() => setDismissed(notice)} />}>
      <bdi>{visible(notice)}</bdi>
    </Notice>
  );
}

export function FailureBand() {
  const failure = useFailure();
  const explain = use(ExplainContext);
  if (!failure || failure.code === 'cancelled') return null;
  const { title, next } = explain(failure.code);
  const said = [failure.message, failure.hint ?? ''].filter(Boolean).map(visible).join(' ');
  const support = [failure.code, said, failure.request_id ?? ''].filter(Boolean).join('\n');
  return (
    <Notice
      band
      tone="danger"
      role="alert"
      title={`${title}.`}
      end={
        <>
          <CopyButton text={support} label="Copy for support" />
          <IconButton icon="close" label="Dismiss" onClick={() => reportFailure(undefined)} />
        </>
      }
    >
      <bdi>{said}</bdi> {next}
    </Notice>
  );
}
