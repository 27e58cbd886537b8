// Says once what failed, what still works, and stays until it is dismissed or the next thing succeeds.
import { Button } from '@fluentui/react-components';
import { use, useState } from 'react';
import { dismissNotice, useNotices } from '../contract/notices';
import { reportFailure, useFailure } from '../contract/failure';
import { CopyButton } from '../design/EvidenceBlock';
import { Notice } from '../design/Notice';
import { IconButton } from '../design/Panel';
import { Words } from '../design/Prose';
import { ExplainContext } from '../design/states';
import { placeOf, type Place } from '../lib/place';
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

/** What the core told of itself, such as a secret that ends in a week. */
export function Notices({ go }: { go: (place: Place) => void }) {
  return useNotices().map((notice) => {
    const place = placeOf(notice.route);
    return (
      <Notice
        key={notice.text}
        band
        tone="info"
        role="status"
        title={visible(notice.title)}
        end={
          <>
            {place ? (
              <Button size="small" onClick={() => go(place)}>
                Show
              </Button>
            ) : null}
            <IconButton icon="close" label="Dismiss" onClick={() => dismissNotice(notice)} />
          </>
        }
      >
        <Words text={notice.text} />
      </Notice>
    );
  });
}

export function FailureBand() {
  const failure = useFailure();
  const explain = use(ExplainContext);
  if (!failure || failure.code === 'cancelled') return null;
  const { title, next } = explain(failure.code);
  const said = [failure.message, failure.hint ?? ''].filter(Boolean).join(' ');
  const support = [failure.code, visible(said), failure.request_id ?? ''].filter(Boolean).join('\n');
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
      <Words text={said} /> {next}
    </Notice>
  );
}
