// From a wish to its outcome: the form, the exact calls, the writing, what became of each incident. What was typed is kept throughout.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { ALL_CHANGES } from '../../../contract/changes';
import { useAct, useRpc } from '../../../contract/rpc';
import type { ChangePreview, ChangeWish, JobView } from '../../../contract/rpc.gen';
import { Notice } from '../../../design/Notice';
import { isUnderWay } from '../../../lib/progress';
import { visible } from '../../../lib/visible';
import { PlanCard } from './CallCard';
import css from './change.module.css';
import { Outcomes } from './Outcomes';
import { WishForm, type Part } from './WishForm';
import { NOTHING, wishesSomething } from './words';

/** Cards drawn at once; the rest is counted. */
const MOST_CARDS = 25;

export interface ChangeDialogProps {
  title: string;
  keys: readonly string[];
  parts: readonly Part[];
  start?: Partial<ChangeWish>;
  onClose: () => void;
}

export function ChangeDialog({ title, keys, parts, start = {}, onClose }: ChangeDialogProps) {
  const [wish, setWish] = useState<ChangeWish>({ ...NOTHING, ...start });
  const preview = useAct('change_preview', { quiet: true });
  const apply = useAct('change_apply', { quiet: true });
  const [typed, setTyped] = useState('');
  const job = useRpc('job_list', {}).data?.jobs.find((one) => one.id === apply.data?.id);
  const look = (of: readonly string[]) => {
    apply.reset();
    preview.mutate({ keys: [...of], wish });
  };
  const shown = preview.data;
  const step = apply.data ? 'written' : shown ? 'preview' : 'form';
  const content = useFocusOnStep(step);
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface className={css['surface'] ?? ''}>
        <DialogBody>
          <DialogTitle>{step === 'preview' && shown ? <>Calls to <bdi>{visible(shown.tenant)}</bdi></> : title}</DialogTitle>
          <DialogContent ref={content} className={css['body'] ?? ''} tabIndex={0}>
            {step === 'form' ? <WishForm wish={wish} onWish={setWish} parts={parts} /> : null}
            {step === 'preview' && shown ? <Preview preview={shown} typed={typed} onTyped={setTyped} /> : null}
            {step === 'written' ? <Written job={job} count={shown?.plans.length ?? keys.length} /> : null}
            <Refused message={preview.error?.message ?? apply.error?.message} hint={preview.error?.hint ?? apply.error?.hint} />
          </DialogContent>
          <DialogActions>
            {step === 'form' ? (
              <>
                <Button onClick={onClose}>Cancel</Button>
                <Button appearance="primary" disabled={!wishesSomething(wish) || preview.isPending} onClick={() => look(keys)}>
                  Preview calls
                </Button>
              </>
            ) : null}
            {step === 'preview' && shown ? (
              <>
                <Button onClick={() => preview.reset()}>Back</Button>
                <Button appearance="primary" className={css['apply'] ?? ''} disabled={!mayApply(shown, typed) || apply.isPending} onClick={() => apply.mutate({ items: itemsOf(shown), wish, typed: shown.confirm === null ? null : typed })}>
                  {`Apply ${shown.calls} ${shown.calls === 1 ? 'call' : 'calls'} to ${visible(shown.tenant)}`}
                </Button>
              </>
            ) : null}
            {step === 'written' ? <End job={job} onAgain={look} onClose={onClose} count={shown?.plans.length ?? 0} /> : null}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** The button that led to a step goes with it: without this the focus falls out of the dialog, and Escape no longer closes it. */
function useFocusOnStep(step: string) {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) content.current?.focus();
    before.current = step;
  }, [step]);
  return content;
}

function itemsOf(preview: ChangePreview) {
  return preview.plans.flatMap(({ key, seen }) => (seen === null ? [] : [{ key, seen }]));
}

function mayApply(preview: ChangePreview, typed: string): boolean {
  return preview.calls > 0 && (preview.confirm === null || preview.confirm === typed);
}

function Preview({ preview, typed, onTyped }: { preview: ChangePreview; typed: string; onTyped: (typed: string) => void }) {
  const more = preview.plans.length - MOST_CARDS;
  return (
    <>
      {preview.plans.slice(0, MOST_CARDS).map((plan) => (
        <PlanCard key={plan.key} plan={plan} />
      ))}
      {more > 0 ? <p className="cw-caption cw-fg2">{`and ${more} more incidents with calls of the same kind.`}</p> : null}
      {preview.confirm === null ? null : (
        <Field label={`This is a production tenant. Type ${visible(preview.confirm)} to apply.`}>
          <Input value={typed} autoComplete="off" spellCheck={false} onChange={(_, { value }) => onTyped(value)} />
        </Field>
      )}
    </>
  );
}

function Refused({ message, hint }: { message: string | undefined; hint: string | null | undefined }) {
  if (message === undefined) return null;
  return (
    <Notice tone="danger" role="alert">
      {message} {hint}
    </Notice>
  );
}

function Written({ job, count }: { job: JobView | undefined; count: number }) {
  if (job === undefined || isUnderWay(job))
    return (
      <p role="status" className="cw-prose">
        {job?.step ?? 'Starting'}, {job?.done ?? 0} of {count} done.
      </p>
    );
  return (
    <>
      {job.failure ? (
        <Notice tone="warn" role="status">
          {job.failure.message}
        </Notice>
      ) : null}
      <Outcomes limit={count} />
    </>
  );
}

function End({ job, count, onAgain, onClose }: { job: JobView | undefined; count: number; onAgain: (keys: readonly string[]) => void; onClose: () => void }) {
  const cancel = useAct('job_cancel');
  const ended = job !== undefined && !isUnderWay(job);
  const list = useRpc('change_list', { ...ALL_CHANGES, offset: 0, limit: Math.max(1, count) }, { enabled: ended }).data;
  const batch = list?.rows[0]?.batch;
  const conflicts = list?.rows.filter((row) => row.batch === batch && row.outcome === 'conflict').map((row) => row.key) ?? [];
  if (!ended) return <Button onClick={() => (job ? cancel.mutate({ id: job.id }) : undefined)}>Stop after this one</Button>;
  return (
    <>
      {conflicts.length > 0 ? <Button onClick={() => onAgain(conflicts)}>{`Preview yours on theirs, ${conflicts.length}`}</Button> : null}
      <Button appearance="primary" onClick={onClose}>
        Close
      </Button>
    </>
  );
}
