// Steps in stages: mark, id, name, outcome, time. The line joins the steps of a stage only.
import { useRef, type KeyboardEvent } from 'react';
import css from './Ladder.module.css';
import { moveTo } from './grid-keys';
import { Words } from './Prose';
import { useSingleKeys } from './single-keys';
import { VerdictPill, type Verdict } from './VerdictPill';

export interface LadderStep {
  id: string;
  name: string;
  verdict: Verdict;
  outcome: string;
  /** Milliseconds; left out where nothing ran. */
  took?: number | undefined;
}

export interface LadderStage {
  name: string;
  note?: string | undefined;
  steps: readonly LadderStep[];
}

export interface LadderProps {
  label: string;
  stages: readonly LadderStage[];
  selected?: string | undefined;
  onSelect: (id: string) => void;
}

export function Ladder({ label, stages, selected, onSelect }: LadderProps) {
  const root = useRef<HTMLDivElement>(null);
  const letters = useSingleKeys();
  const ids = stages.flatMap((stage) => stage.steps.map((step) => step.id));
  const stop = selected !== undefined && ids.includes(selected) ? selected : ids[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moveTo(event, stop === undefined ? 0 : ids.indexOf(stop), ids.length, 5, letters);
    const id = to === undefined ? undefined : ids[to];
    if (id === undefined) return;
    event.preventDefault();
    onSelect(id);
    root.current?.querySelector<HTMLElement>(`[data-step="${id}"]`)?.focus();
  };
  return (
    <div ref={root} role="group" aria-label={label} onKeyDown={onKeyDown}>
      {stages.map((stage) => (
        <section key={stage.name} className={css['stage']} aria-label={stage.name}>
          <h3>
            {stage.name}
            {stage.note ? <span>{stage.note}</span> : null}
          </h3>
          {stage.steps.map((step, at) => (
            <Step key={step.id} step={step} joined={at < stage.steps.length - 1} current={step.id === selected} stop={step.id === stop} onSelect={onSelect} />
          ))}
        </section>
      ))}
    </div>
  );
}

function Step({ step, joined, current, stop, onSelect }: { step: LadderStep; joined: boolean; current: boolean; stop: boolean; onSelect: (id: string) => void }) {
  return (
    <button
      type="button"
      data-step={step.id}
      className={`${css['step']} ${joined ? css['joined'] : ''}`}
      aria-current={current ? 'true' : undefined}
      tabIndex={stop ? 0 : -1}
      onClick={() => onSelect(step.id)}
    >
      <VerdictPill verdict={step.verdict} as="mark" />
      <span className={css['id']}>{step.id}</span>
      <span className={`cw-cut ${css['name']}`}>{step.name}</span>
      <span className={`cw-cut ${css['outcome']}`} title={step.outcome}>
        <Words text={step.outcome} />
      </span>
      <span className={css['took']}>{step.took === undefined ? '–' : took(step.took)}</span>
    </button>
  );
}

function took(ms: number): string {
  return ms < 10_000 ? `${ms.toLocaleString('en')} ms` : `${Math.round(ms / 1000)} s`;
}
