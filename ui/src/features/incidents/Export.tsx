// The view as a file: which format, what is masked; in the window the core writes it where a person chose, a browser saves it itself.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useLatestJob } from '../../contract/jobs';
import { asErrorView, call, useAct, useTransport } from '../../contract/rpc';
import type { ExportFormat, IncidentColumn, JobView, Redaction } from '../../contract/rpc.gen';
import { reportFailure } from '../../contract/failure';
import { JobBand } from '../../design/JobBand';
import { Notice } from '../../design/Notice';
import { IconButton } from '../../design/Panel';
import { visible } from '../../lib/visible';
import type { QueueView } from './filter';
import css from './incidents.module.css';

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
  ['csv', 'CSV, for any spreadsheet or script'],
  ['xlsx', 'Excel workbook'],
  ['json', 'JSON'],
  ['html', 'Web page that can be printed'],
];
const REDACTIONS: readonly (readonly [Redaction, string])[] = [
  ['none', 'Nothing'],
  ['users', 'Users: owners, sign-in names and mail addresses'],
  ['all', 'All: users, titles, ids, tags, workspaces and the tenant'],
];

export interface ExportDialogProps {
  view: QueueView;
  columns: readonly { key: string; header: string }[];
  count: number;
  grouped: boolean;
  onStarted: (job: JobView, saveHere: boolean) => void;
  onClose: () => void;
}

export function ExportDialog({ view, columns, count, grouped, onStarted, onClose }: ExportDialogProps) {
  const transport = useTransport();
  const run = useAct('incident_export');
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [redaction, setRedaction] = useState<Redaction>('none');
  const start = async () => {
    const path = await transport.pickSave?.(`incidents.${format}`, format);
    if (path === null) return;
    const job = await run.mutateAsync({ ...view, columns: columns.map(({ key }) => key as IncidentColumn), format, redaction, path: path ?? null });
    onStarted(job, path === undefined);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Export this view</DialogTitle>
          <DialogContent className={css['stack'] ?? ''}>
            <p className="cw-prose">
              {count.toLocaleString('en')} incidents with the filter and order on screen{grouped ? ', without the groups' : ''}, and these columns: {columns.map(({ header }) => header).join(', ')}.
            </p>
            <Field label="Format">
              <RadioGroup value={format} onChange={(_, { value }) => setFormat(value as ExportFormat)}>
                {FORMATS.map(([value, label]) => (
                  <Radio key={value} value={value} label={label} />
                ))}
              </RadioGroup>
            </Field>
            <Field label="Mask" hint="The same name has the same stand-in through the file, such as user-1.">
              <RadioGroup value={redaction} onChange={(_, { value }) => setRedaction(value as Redaction)}>
                {REDACTIONS.map(([value, label]) => (
                  <Radio key={value} value={value} label={label} />
                ))}
              </RadioGroup>
            </Field>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button appearance="primary" className="cw-nowrap" disabled={run.isPending} onClick={() => void start().catch((error: unknown) => reportFailure(asErrorView(error)))}>
              Export {count.toLocaleString('en')} incidents
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** How the last export goes, and in a browser its saving when it is done. */
export function ExportBand({ started, onDismiss }: { started: { id: number; saveHere: boolean } | undefined; onDismiss: () => void }) {
  const transport = useTransport();
  const latest = useLatestJob('incident_export');
  const job = latest?.id === started?.id ? latest : undefined;
  const saved = useRef(0);
  const done = job?.state === 'done';
  useEffect(() => {
    if (!done || !started?.saveHere || saved.current === started.id) return;
    saved.current = started.id;
    void save(transport, started.id).catch((error: unknown) => reportFailure(asErrorView(error)));
  }, [done, started, transport]);
  if (!done) return <JobBand name="Export" job={job} />;
  return (
    <Notice band tone="ok" role="status" end={<IconButton icon="close" label="Dismiss" onClick={onDismiss} />}>
      <bdi>{started?.saveHere ? `${job.done.toLocaleString('en')} incidents exported; the browser saves the file.` : `${visible(job.step)}.`}</bdi>
    </Notice>
  );
}

async function save(transport: ReturnType<typeof useTransport>, job: number) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let [offset, name]: [number | null, string] = [0, ''];
  while (offset !== null) {
    const part: { name: string; base64: string; next: number | null } = await call(transport, 'export_part', { job, offset });
    parts.push(Uint8Array.from(atob(part.base64), (c) => c.charCodeAt(0)));
    [offset, name] = [part.next, part.name];
  }
  // A type that no browser opens in place: the file is saved, never shown with the rights of this page.
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
