// One step of the ladder: verdict, what was observed word for word and redacted, the cause, who fixes it and how.
import type { MailCause, MailStep } from '../../contract/rpc.gen';
import { EvidenceBlock, type EvidenceLine } from '../../design/EvidenceBlock';
import { cutText } from '../../design/evidence-lines';
import { Icon } from '../../design/icons';
import { Panel } from '../../design/Panel';
import { Prose, Words } from '../../design/Prose';
import { Facts, Section } from '../../design/Screen';
import { VerdictPill } from '../../design/VerdictPill';

export interface StepPanelProps {
  step: MailStep;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

export function StepPanel({ step, onPrevious, onNext, onClose }: StepPanelProps) {
  return (
    <Panel
      label={`Test ${step.id}`}
      screen="mail"
      width={492}
      marks={
        <>
          <VerdictPill verdict={step.verdict} />
          <span className="cw-caption cw-fg2 cw-nowrap">{step.id}</span>
          <span className="cw-caption cw-fg3 cw-nowrap">{`${step.took_ms.toLocaleString('en')} ms`}</span>
        </>
      }
      title={step.title}
      below={step.reason === '' ? null : <Prose text={step.reason} />}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      {step.evidence.length > 0 ? (
        <Section title="What was observed" note="redacted">
          <EvidenceBlock label={`Evidence of ${step.id}`} mark={<Icon name={isSmtp(step) ? 'terminal' : 'request'} size={14} />} request={isSmtp(step) ? 'SMTP dialogue' : step.stage} when="redacted" lines={dialogue(step)} />
        </Section>
      ) : null}
      {step.cause ? <Cause cause={step.cause} /> : null}
    </Panel>
  );
}

/** The tests of submission are named S-01 to S-08. */
const isSmtp = (step: MailStep) => step.id.startsWith('S-');

const MARKS: Record<string, string> = { sent: 'C', received: 'S', note: '·' };

/** Each turn by its lines; only the first carries the mark. */
function dialogue(step: MailStep): EvidenceLine[] {
  return step.evidence.flatMap(({ direction, text }) =>
    cutText(text, 20_000)
      .replace(/\r?\n$/u, '')
      .split(/\r?\n/u)
      .map((line, at) => ({ number: at === 0 ? (MARKS[direction] ?? '·') : '', text: line })),
  );
}

const CERTAINTY: Record<string, string> = {
  documented: 'Microsoft documents it',
  proved: 'Proved from source or in a lab',
  reported: 'Reported word for word by people who met it',
  ambiguous: 'The text alone does not decide',
  unverified: 'Not confirmed on a live tenant',
  nearest: 'Not in the catalogue; this only resembles it',
};

export function Cause({ cause: { id, cause, who_fixes, fix, certainty } }: { cause: MailCause }) {
  return (
    <Section title="Cause" note={id}>
      <Prose text={cause} />
      <div style={{ paddingTop: 8 }}>
        <Facts
          facts={[
            ['Who fixes it', <Words key="who" text={who_fixes} />],
            ['Fix', <Words key="fix" text={fix} />],
            ['How sure', CERTAINTY[certainty] ?? certainty],
          ]}
        />
      </div>
    </Section>
  );
}
