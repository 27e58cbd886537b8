// Says once what failed, what still works, and stays until it is dismissed or the next thing succeeds.
import { use } from 'react';
import { reportFailure, useFailure } from '../contract/failure';
import { CopyButton } from '../design/EvidenceBlock';
import { Notice } from '../design/Notice';
import { IconButton } from '../design/Panel';
import { ExplainContext } from '../design/states';
import { visible } from '../lib/visible';

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
