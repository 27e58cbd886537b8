import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { JobPlan, JobState, JobView } from '../contract/rpc.gen';
import { showScreen } from '../test-core';
import { PlanBand } from './PlanBand';

const PLAN = 'About 1,080 requests (ARM 1,000, Graph 20, log 60), 1,000,000 rows, at least 4 minutes.';
const job = (state: JobState, asked: JobPlan | null): JobView => ({ id: 3, command: 'sync_run', state, step: 'Counting incidents', done: 0, total: null, rate: 0, left: null, waiting: null, asked, failure: null });
const show = (one: JobView) => showScreen(() => <PlanBand tenant="Contoso" />, { job_list: () => ({ jobs: [one] }), job_resume: () => ({ jobs: [one] }), job_cancel: () => ({ jobs: [one] }) });

test('a long reading says what it asks, and begins or not as it is told', async () => {
  const { core } = show(job('paused', { plan: PLAN, waits: true, outcome: null }));
  expect((await screen.findByRole('status')).textContent).toContain(PLAN);
  await userEvent.click(screen.getByRole('button', { name: 'Start reading' }));
  await userEvent.click(screen.getByRole('button', { name: 'Not now' }));
  expect(core.asked.filter(({ command }) => command.startsWith('job_')).slice(-2)).toEqual([
    { command: 'job_resume', request: { id: 3 } },
    { command: 'job_cancel', request: { id: 3 } },
  ]);
});

test('afterwards it tells what was needed, until it is dismissed', async () => {
  show(job('done', { plan: PLAN, waits: false, outcome: 'Planned 1,080 requests, 1,081 were needed.' }));
  await screen.findByText('Planned 1,080 requests, 1,081 were needed.');
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('status')).toBeNull();
});

test('a reading that asked nobody says nothing', async () => {
  const { core } = show(job('done', null));
  await expect.poll(() => core.asked.length).toBeGreaterThan(0);
  expect(screen.queryByRole('status')).toBeNull();
});
