// One alert: who can see it, what it is about, and its times. Its text is a tenant's and stays text.
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Pages } from '../../contract/pages';
import type { LogAlert } from '../../contract/rpc.gen';
import { CopyButton } from '../../design/EvidenceBlock';
import { Notice } from '../../design/Notice';
import { Panel } from '../../design/Panel';
import { Facts, Section } from '../../design/Screen';
import { SeverityMark } from '../../design/SeverityMark';
import { Time } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { visible } from '../../lib/visible';

interface AlertPanelProps {
  pages: Pages<'alert_list'>;
  open: string;
  setParams: ScreenProps['setParams'];
}

export function AlertPanel({ pages, open, setParams }: AlertPanelProps) {
  const at = pages.indexOf((row) => row.key === open);
  const row = at < 0 ? undefined : pages.getRow(at);
  const step = (to: number) => (at < 0 || to < 0 || to >= pages.count ? undefined : () => void pages.rowAt(to).then((next) => (next ? setParams({ id: next.key }, 'replace') : undefined)));
  const close = () => {
    setParams({ id: undefined });
    document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')?.focus();
  };
  return (
    <Panel label="Alert" screen="alerts" width={420} marks={row ? <SeverityMark severity={row.severity} as="tag" /> : null} title={row?.title ?? 'Not among the rows shown'} onPrevious={step(at - 1)} onNext={step(at + 1)} onClose={close}>
      {row ? (
        <AlertBody row={row} />
      ) : (
        <p className="cw-prose">
          This alert is not in the list as it is filtered now.{' '}
          <Button size="small" onClick={() => setParams({ q: undefined, severity: undefined, workspace: undefined, id: undefined })}>
            Show all alerts
          </Button>
        </p>
      )}
    </Panel>
  );
}

function AlertBody({ row }: { row: LogAlert }) {
  return (
    <>
      <Notice tone="warn">
        {row.nowhere_else
          ? 'Not in Defender, not in Graph, in no ticket: only the log has it.'
          : 'No Sentinel incident holds it. The portal of its product may show it.'}
      </Notice>
      {row.description === null ? null : (
        <Section title="Description">
          <p className="cw-prose">
            <bdi>{visible(row.description)}</bdi>
          </p>
        </Section>
      )}
      <Section title="Facts" note={<CopyButton text={row.id} label="Copy id" />}>
        <Facts
          facts={[
            ['Rule', text(row.rule)],
            ['Product', text(row.product)],
            ['About', text(row.entity)],
            ['Status', text(row.status)],
            ['Tactics', text(row.tactics.join(', ') || null)],
            ['Workspace', text(row.workspace)],
            ['First activity', <Time key="first" at={row.first} form="full" />],
            ['Last activity', <Time key="last" at={row.last} form="full" />],
            ['Row written', <Time key="written" at={row.written} form="full" />],
            ['Id', text(row.id)],
          ]}
        />
      </Section>
    </>
  );
}

function text(value: string | null): ReactNode {
  return value === null ? '–' : <bdi>{visible(value)}</bdi>;
}
