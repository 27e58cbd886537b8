// One check: why it matters, what was found and where exactly, what changes, how to fix it, and Microsoft's pages with their dates.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useRpc } from '../../contract/rpc';
import type { CheckDetail, CheckPage, CheckRow, Offence } from '../../contract/rpc.gen';
import { CopyButton, EvidenceBlock } from '../../design/EvidenceBlock';
import { linesOf } from '../../design/evidence-lines';
import { Icon, type IconName } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Panel } from '../../design/Panel';
import { Prose, Words } from '../../design/Prose';
import { Section } from '../../design/Screen';
import { SeverityMark } from '../../design/SeverityMark';
import { SourceBadge } from '../../design/SourceBadge';
import { ErrorState, Loading } from '../../design/states';
import { Time } from '../../design/Time';
import { VerdictPill } from '../../design/VerdictPill';
import { visible } from '../../lib/visible';
import { SEVERITY_NAMES } from './facets';
import css from './readiness.module.css';

export interface CheckPanelProps {
  id: string;
  /** Position of the shown offence. */
  at: number;
  onAt: (at: number) => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

export function CheckPanel({ id, at, onAt, onPrevious, onNext, onClose }: CheckPanelProps) {
  const { data, error, refetch } = useRpc('readiness_get', { id }, { keep: true });
  return (
    <Panel
      label={`Check ${data?.row.id ?? id}`}
      screen="readiness"
      width={572}
      marks={data ? <Marks row={data.row} /> : null}
      title={data?.row.title ?? ''}
      below={data ? <Reason row={data.row} /> : null}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      {error ? <ErrorState fault={error} onRetry={() => void refetch()} /> : data ? <Body detail={data} at={at} onAt={onAt} /> : <Loading label="check" rows={6} />}
    </Panel>
  );
}

function Marks({ row }: { row: CheckRow }) {
  return (
    <>
      <VerdictPill verdict={row.verdict} />
      <SeverityMark severity={SEVERITY_NAMES[row.severity]} as="tag" />
      <span className="cw-caption cw-fg2">{row.id}</span>
    </>
  );
}

function Reason({ row }: { row: CheckRow }) {
  if (row.reason === '') return null;
  if (row.verdict === 'could_not_run')
    return (
      <Notice tone="warn" icon="gauge">
        <Words text={row.reason} />
      </Notice>
    );
  return (
    <p className={css['reason']}>
      <Words text={row.reason} />
    </p>
  );
}

function Body({ detail, at, onAt }: { detail: CheckDetail; at: number; onAt: (at: number) => void }) {
  const { row, text, objects } = detail;
  const shown = Math.min(Math.max(0, at), Math.max(0, objects.length - 1));
  const offence = objects[shown];
  return (
    <>
      <Section title="Why it matters">
        <Prose text={text.why} />
      </Section>
      {offence === undefined ? null : (
        <Section title="Found" note={`${objects.length.toLocaleString('en')} ${objects.length === 1 ? 'place' : 'places'}${row.objects !== objects.length ? ` in ${row.objects.toLocaleString('en')} objects` : ''}`}>
          <Offences key={row.id} objects={objects} shown={shown} onShow={onAt} />
          <OffenceProof check={row.id} index={shown} offence={offence} />
        </Section>
      )}
      <Section title="What changes on onboarding">
        <Prose text={text.changes} />
      </Section>
      <Section title="Fix">
        <Prose text={text.fix} />
      </Section>
      <Pages pages={text.pages} />
    </>
  );
}

const KIND_ICONS: Record<string, IconName> = { automation_rule: 'automation', analytics_rule: 'search', playbook: 'terminal', connector: 'link', incident: 'incident', workspace: 'server' };
const STEP = 50;

/** Offences by window: a check may list each redirected source of a tenant. */
function Offences({ objects, shown, onShow }: { objects: readonly Offence[]; shown: number; onShow: (at: number) => void }) {
  const [most, setMost] = useState(() => Math.max(STEP, Math.ceil((shown + 1) / STEP) * STEP));
  return (
    <>
      <ul className={css['objects']}>
        {objects.slice(0, most).map((offence, at) => (
          <li key={at}>
            <button type="button" className={css['object']} aria-current={at === shown ? 'true' : undefined} onClick={() => onShow(at)}>
              <Icon name={KIND_ICONS[offence.kind] ?? 'file'} />
              <span className="cw-sr">{offence.kind.replaceAll('_', ' ')}</span>
              <bdi className={`cw-cut ${css['objectName']}`} title={visible(offence.name)}>
                {visible(offence.name)}
              </bdi>
              <bdi className={`cw-cut ${css['objectPlace']}`}>{visible(offence.file ?? offence.path ?? '')}</bdi>
              <Icon name={at === shown ? 'chevronDown' : 'chevronRight'} size={14} />
            </button>
          </li>
        ))}
      </ul>
      {objects.length > most ? (
        <Button size="small" appearance="transparent" onClick={() => setMost(most + STEP)}>
          {`Show ${Math.min(STEP, objects.length - most)} more of ${objects.length.toLocaleString('en')}`}
        </Button>
      ) : null}
    </>
  );
}

/** The lines that carry the offence, or, where no document is stored, its path and raw value. */
function OffenceProof({ check, index, offence }: { check: string; index: number; offence: Offence }) {
  const { data, error } = useRpc('readiness_evidence', { check, index });
  const evidence = data?.evidence;
  // An imported object may carry an id; its file stands in the head already.
  const named = offence.id === null ? undefined : <bdi>{visible(offence.id)}</bdi>;
  if (data === undefined && error === null) return <Loading label="evidence" rows={3} />;
  if (!evidence || evidence.lines.length === 0)
    return (
      <EvidenceBlock label={`Evidence in ${offence.name}`} mark={<Icon name={offence.file === null ? 'info' : 'file'} size={14} />} request={offence.file ?? offence.id ?? offence.name} path={offence.path ?? undefined} lines={linesOf(offence.value ?? 'No value is set here.')} foot={error ? <Words text={error.message} /> : undefined} />
    );
  return (
    <EvidenceBlock
      label={`Evidence in ${offence.name}`}
      mark={evidence.source === 'file' ? <Icon name="file" size={14} /> : <SourceBadge lane={evidence.source === 'graph' ? 'd' : 's'} />}
      request={evidence.request}
      when={evidence.read_at ? <Time at={evidence.read_at} form="full" /> : null}
      path={evidence.path ?? undefined}
      lines={evidence.lines}
      foot={named}
    />
  );
}

/** Each page with its date; where two say different things, both stand side by side. */
function Pages({ pages }: { pages: readonly CheckPage[] }) {
  if (pages.length === 0) return null;
  const saying = pages.filter((page) => page.says !== null);
  const disagree = saying.length > 1;
  return (
    <Section title="Microsoft's pages" note={disagree ? 'each with what it says and when' : undefined}>
      <ul className={`${css['pages']} ${disagree ? css['beside'] : ''}`}>
        {pages.map((page, at) => (
          <li key={at}>
            <span className="cw-row">
              <strong>{page.date === null ? 'No date on the page' : <time dateTime={page.date}>{page.date}</time>}</strong>
              <span className="cw-end" />
              <CopyButton text={page.address} label="Copy address" />
            </span>
            {page.says === null ? null : (
              <p>
                <Words text={page.says} />
              </p>
            )}
            <code>{visible(page.address)}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
