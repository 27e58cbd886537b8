// What can be done to ticked rows at once. Which of them can't be changed is said in the preview, each with its reason.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { ChangeWish } from '../../../contract/rpc.gen';
import { ChangeDialog } from './ChangeDialog';
import type { Part } from './WishForm';

/** The core takes no more in one go. */
const MOST = 500;

interface Verb {
  word: string;
  parts: readonly Part[];
  start?: Partial<ChangeWish>;
}

const VERBS: readonly Verb[] = [
  { word: 'Assign', parts: ['owner'] },
  { word: 'Comment', parts: ['comment'] },
  { word: 'Tag', parts: ['tags'] },
  { word: 'Close', parts: ['status', 'comment'], start: { status: 'closed' } },
];

export function BulkChange({ selection }: { selection: ReadonlySet<string> }) {
  const [verb, setVerb] = useState<Verb>();
  const many = selection.size > MOST;
  return (
    <>
      {VERBS.map((one) => (
        <Button key={one.word} size="small" disabled={many} onClick={() => setVerb(one)}>
          {one.word}
        </Button>
      ))}
      {many ? <span className="cw-fg2">{`At most ${MOST} are changed in one go.`}</span> : null}
      {verb ? <ChangeDialog title={`${verb.word} ${selection.size} ${selection.size === 1 ? 'incident' : 'incidents'}`} keys={[...selection]} parts={verb.parts} start={verb.start ?? {}} onClose={() => setVerb(undefined)} /> : null}
    </>
  );
}
