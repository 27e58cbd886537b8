// The export's two ends: what the core is asked to write, and how a browser takes the file away.
import { FluentProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { newQueryClient, TransportContext } from '../../contract/rpc';
import type { IncidentExport, JobView } from '../../contract/rpc.gen';
import { fluentTheme } from '../../design/theme';
import { ExportBand, ExportDialog } from './Export';
import { viewOf } from './filter';

const JOB: JobView = { id: 4, command: 'incident_export', state: 'done', step: '2 incidents written to /x/incidents.csv', done: 2, total: 2, rate: 1, left: null, waiting: null, asked: null, failure: null };
const COLUMNS = [
  { key: 'title', header: 'Title' },
  { key: 'in', header: 'In' },
];

function open(more: { pickSave?: (name: string, ending: string) => Promise<string | null>; started?: { id: number; saveHere: boolean } }) {
  const asked: { command: string; request: unknown }[] = [];
  const onStarted = vi.fn();
  const parts = [btoa('ab'), btoa('c')];
  const transport = {
    call: async (command: string, request: unknown) => {
      asked.push({ command, request });
      if (command === 'job_list') return { jobs: [JOB] };
      if (command === 'export_part') {
        const { offset } = request as { offset: number };
        return { name: 'incidents.csv', base64: parts[offset / 2], next: offset === 0 ? 2 : null };
      }
      return JOB;
    },
    subscribe: () => () => {},
    ...(more.pickSave ? { pickSave: more.pickSave } : {}),
  };
  render(
    <TransportContext value={transport}>
      <QueryClientProvider client={newQueryClient()}>
        <FluentProvider theme={fluentTheme('light')}>
          {more.started ? <ExportBand started={more.started} onDismiss={() => {}} /> : <ExportDialog view={viewOf({ severity: 'high', sort: 'title' })} columns={COLUMNS} count={2} grouped={false} onStarted={onStarted} onClose={() => {}} />}
        </FluentProvider>
      </QueryClientProvider>
    </TransportContext>,
  );
  const exports = () => asked.filter(({ command }) => command === 'incident_export').map(({ request }) => request as IncidentExport);
  return { exports, onStarted, asked };
}

test('the core is asked for exactly the view, at the place that was chosen', async () => {
  const pickSave = vi.fn(async () => '/x/incidents.xlsx');
  const { exports, onStarted } = open({ pickSave });
  await userEvent.click(screen.getByRole('radio', { name: 'Excel workbook' }));
  await userEvent.click(screen.getByRole('radio', { name: /^Users/u }));
  await userEvent.click(screen.getByRole('button', { name: 'Export 2 incidents' }));
  await waitFor(() => expect(onStarted).toHaveBeenCalledWith(JOB, false));
  expect(pickSave).toHaveBeenCalledWith('incidents.xlsx', 'xlsx');
  expect(exports()).toEqual([{ ...viewOf({ severity: 'high', sort: 'title' }), columns: ['title', 'in'], format: 'xlsx', redaction: 'users', path: '/x/incidents.xlsx' }]);
});

test('a dialog that was closed exports nothing', async () => {
  const { exports } = open({ pickSave: async () => null });
  await userEvent.click(screen.getByRole('button', { name: 'Export 2 incidents' }));
  expect(exports()).toEqual([]);
});

test('a browser fetches every part and saves the file as bytes', async () => {
  const saved: Blob[] = [];
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), 'blob:x'), revokeObjectURL: () => {} }));
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  open({ started: { id: 4, saveHere: true } });
  await screen.findByText('2 incidents exported; the browser saves the file.');
  await waitFor(() => expect(clicked).toHaveBeenCalledOnce());
  expect([saved[0]?.type, saved[0]?.size]).toEqual(['application/octet-stream', 3]);
});
