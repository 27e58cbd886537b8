// Each primitive in one page: axe finds nothing, and the words that carry the meaning are there without colour.
import axe from 'axe-core';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { FilterChip, ToggleChip } from './Chip';
import { CompositionBar, CompositionNumbers } from './CompositionBar';
import { Countdown } from './Countdown';
import { DiffHead, DiffLegend, DiffRow } from './DiffRow';
import { EvidenceBlock } from './EvidenceBlock';
import { Ladder } from './Ladder';
import { Notice } from './Notice';
import { Panel } from './Panel';
import { Redacted, RedactedText } from './Redacted';
import { SeverityMark } from './SeverityMark';
import { SourceBadges } from './SourceBadge';
import { Conflict, Empty, ErrorState, ExplainContext, FilteredOut, Offline, Partial, Throttled } from './states';
import { Segments, Tabs } from './Tabs';
import { VERDICTS, VERDICT_WORDS, VerdictPill } from './VerdictPill';

const nothing = () => {};

function Gallery() {
  return (
    <main>
      <h1>Gallery</h1>
      {['critical', 'High', 'Medium', 'Low', 'Informational', 'Catastrophic'].map((word) => (
        <SeverityMark key={word} severity={word} as="tag" />
      ))}
      {VERDICTS.map((verdict) => (
        <VerdictPill key={verdict} verdict={verdict} />
      ))}
      <SourceBadges lanes={['s']} missing={{ lane: 'd', why: 'Twin missing' }} />
      <ToggleChip label="Redirected" count={41} pressed onToggle={nothing} />
      <FilterChip name="Severity" value="High" words="Severity High" onClear={nothing} />
      <Tabs label="Incident" choices={[{ key: 'a', label: 'Summary' }, { key: 'b', label: 'Raw' }]} selected="a" onSelect={nothing} panelId="shown" />
      <div id="shown" role="tabpanel" aria-label="Summary" />
      <Segments label="View" choices={[{ key: 'map', label: 'Map' }, { key: 'table', label: 'Table' }]} selected="map" onSelect={nothing} />
      <CompositionBar counts={{ fail: 2, pass: 5, could_not_run: 1 }} />
      <CompositionNumbers counts={{ fail: 2, pass: 5, could_not_run: 1 }} />
      <Countdown days={127} date="Wednesday, 31 March 2027" />
      <div role="table" aria-label="Compare">
        <div role="rowgroup">
          <DiffHead sentinel="09:38" graph="09:38" />
        </div>
        <div role="rowgroup">
          <DiffRow field="Owner" sentinel="a" graph={null} relation="differs" reason="No documented reason." />
        </div>
      </div>
      <DiffLegend relations={['same', 'differs']} />
      <EvidenceBlock label="SMTP dialogue" request="AUTH LOGIN" path="properties.conditions[1].name" lines={[{ number: 'C', text: '⟦password⟧' }, { number: 'S', text: '535 5.7.139', hit: true }]} />
      <h2>Mail</h2>
      <Ladder label="Mail tests" stages={[{ name: 'Token', steps: [{ id: 'T-01', name: 'Token for Graph', verdict: 'pass', outcome: '', took: 188 }] }]} selected="T-01" onSelect={nothing} />
      <Notice tone="warn" title="Twin missing.">Defender does not show it.</Notice>
      <Redacted kind="Bearer" length={2213} />
      <Empty icon="redirect" title="No redirects">Nothing has merged.</Empty>
      <FilteredOut of={31204} chips={null} onClear={nothing} />
      <Partial title="Defender side is missing." request="Grant SecurityIncident.Read.All">This account lacks a role.</Partial>
      <Offline>No network since 06:41.</Offline>
      <Throttled who="Graph" seconds={42} />
      <Conflict title="Someone changed it." fields={[{ name: 'Order', before: '20', yours: '20', theirs: '15' }]} actions={null} />
      <Panel label="Incident 7" screen="gallery" marks={null} title="Title" onClose={nothing}>
        Body
      </Panel>
    </main>
  );
}

test('axe finds nothing in any primitive', async () => {
  const { container } = render(<Gallery />);
  // jsdom has no layout and no colours; those are measured in Chromium.
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});

test('each verdict is named by its word', () => {
  render(<>{VERDICTS.map((verdict) => <VerdictPill key={verdict} verdict={verdict} as="mark" />)}</>);
  for (const verdict of VERDICTS) expect(screen.getByText(VERDICT_WORDS[verdict])).toBeTruthy();
});

test('an unknown severity keeps its own word', () => {
  render(<SeverityMark severity="Catastrophic" />);
  expect(screen.getByText('Catastrophic')).toBeTruthy();
});

test('what could not run is told apart from what passed', () => {
  render(<CompositionBar counts={{ pass: 3, could_not_run: 2 }} />);
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe('2 could not run, 3 pass');
});

test('a redaction in a dialogue is a box, the rest is text', () => {
  const { container } = render(<RedactedText text="C ‹user, 19 characters› ok ⟦hidden⟧, 3 < 4 › 2" />);
  expect(container.textContent).toBe('C user, 19 characters ok hidden, 3 < 4 › 2');
  expect([...container.querySelectorAll('span')].map((box) => box.textContent)).toEqual(['user, 19 characters', 'hidden']);
});

test('the panel is resized by keys within its bounds, and Escape closes it', () => {
  const onClose = vi.fn();
  render(
    <Panel label="Incident 7" screen="test" width={552} marks={null} title="Title" onClose={onClose}>
      Body
    </Panel>,
  );
  const handle = screen.getByRole('separator');
  fireEvent.keyDown(handle, { key: 'ArrowLeft' });
  expect(handle.getAttribute('aria-valuenow')).toBe('568');
  fireEvent.keyDown(handle, { key: 'End' });
  expect(handle.getAttribute('aria-valuenow')).toBe('420');
  fireEvent.keyDown(handle, { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
});

test('an error says the cause, the next step and what to copy', () => {
  const fault = { code: 'denied', message: 'The account lacks `SecurityIncident.Read.All`.', hint: 'A Global Administrator can grant it.', retry_after: null, request_id: 'r-1' };
  render(
    <ExplainContext value={() => ({ title: 'The account lacks a permission', next: 'The rest still works.' })}>
      <ErrorState fault={fault} onRetry={nothing} />
    </ExplainContext>,
  );
  const alert = screen.getByRole('alert').textContent;
  for (const part of [fault.message, fault.hint, 'The rest still works.', 'r-1']) expect(alert).toContain(part);
});
