// The side panel: beside the list, never over it while there is room; resized by drag or by arrow keys; Escape closes.
// It keeps its width per screen and gives focus back to where it came from when it closes.
import { Button } from '@fluentui/react-components';
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Icon } from './icons';
import { visible } from '../lib/visible';
import css from './Panel.module.css';
import { useKept } from './kept';
import { isTyping, useSingleKeys } from './single-keys';

export const PANEL_MIN = 420;
export const PANEL_MAX = 900;

export interface PanelProps {
  /** Names the panel for screen readers: `Incident 21836`. */
  label: string;
  /** Screen whose width is kept. */
  screen: string;
  width?: number;
  /** Marks and ids, on the line of the buttons. */
  marks: ReactNode;
  title: string;
  /** Under the title: a notice, the path. */
  below?: ReactNode;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** More buttons before close. */
  tools?: ReactNode;
  onClose?: (() => void) | undefined;
  tabs?: ReactNode;
  /** Id of the body, where tabs name it. */
  bodyId?: string;
  children: ReactNode;
  foot?: ReactNode;
}

export function Panel(props: PanelProps) {
  return (
    <PanelFrame {...props}>
      <div className={css['head']}>
        <div className="cw-row">
          {props.marks}
          <span className="cw-end" />
          <StepButtons onPrevious={props.onPrevious} onNext={props.onNext} />
          {props.tools}
          {props.onClose ? <IconButton icon="close" label="Close" hint="Esc" onClick={props.onClose} /> : null}
        </div>
        <h2>{visible(props.title)}</h2>
        {props.below}
      </div>
      {props.tabs}
      <div id={props.bodyId} className={css['body']} role={props.tabs ? 'tabpanel' : undefined} aria-label={props.tabs ? props.label : undefined} tabIndex={0}>
        {props.children}
      </div>
      {props.foot ? <div className={css['foot']}>{props.foot}</div> : null}
    </PanelFrame>
  );
}

export interface PanelFrameProps extends Pick<PanelProps, 'label' | 'screen' | 'width' | 'onPrevious' | 'onNext' | 'onClose'> {
  /** Beside the list only: gone where a panel would cover it. */
  besideOnly?: boolean;
  children: ReactNode;
}

/** The place beside the list with its width and its keys, for what is not shaped like a panel. */
export function PanelFrame(props: PanelFrameProps) {
  const [kept, keep] = useKept(`panel.${props.screen}`, props.width ?? 552);
  const width = Math.min(PANEL_MAX, Math.max(PANEL_MIN, kept));
  const letters = useSingleKeys();
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.defaultPrevented ? undefined : keyAction(event, props, letters);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <aside className={`${css['panel']} ${props.besideOnly ? css['beside'] : ''}`} style={{ width: `min(${width}px, 60%)` }} aria-label={props.label} data-region="panel" onKeyDown={onKeyDown}>
      <Handle width={width} onWidth={keep} />
      {props.children}
    </aside>
  );
}

/** Escape closes; j and k step through the list without leaving the panel. */
function keyAction(event: KeyboardEvent, { onClose, onNext, onPrevious }: Pick<PanelProps, 'onClose' | 'onNext' | 'onPrevious'>, letters: boolean) {
  if (event.key === 'Escape') return onClose;
  if (!letters || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return undefined;
  return { j: onNext, k: onPrevious }[event.key];
}

function StepButtons({ onPrevious, onNext }: { onPrevious: (() => void) | undefined; onNext: (() => void) | undefined }) {
  return (
    <>
      {onPrevious ? <IconButton icon="chevronUp" label="Previous" hint="k" onClick={onPrevious} /> : null}
      {onNext ? <IconButton icon="chevronDown" label="Next" hint="j" onClick={onNext} /> : null}
    </>
  );
}

/** A quiet square button: icon, name for screen readers, key in its tooltip. */
export function IconButton({ icon, label, hint, onClick, pressed }: { icon: Parameters<typeof Icon>[0]['name']; label: string; hint?: string; onClick: () => void; pressed?: boolean }) {
  return (
    <Button
      appearance="subtle"
      size="small"
      icon={<Icon name={icon} />}
      aria-label={label}
      aria-pressed={pressed}
      title={hint ? `${label}  ${hint}` : label}
      onClick={onClick}
    />
  );
}

function Handle({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const [start, setStart] = useState<{ x: number; width: number }>();
  const onPointerMove = (event: PointerEvent) => {
    if (start) onWidth(clamp(start.width + start.x - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
    const to = event.key === 'Home' ? PANEL_MAX : event.key === 'End' ? PANEL_MIN : by === undefined ? undefined : width + by;
    if (to === undefined) return;
    event.preventDefault();
    onWidth(clamp(to));
  };
  return (
    <div
      className={css['handle']}
      role="separator"
      aria-label="Panel width"
      aria-orientation="vertical"
      aria-valuemin={PANEL_MIN}
      aria-valuemax={PANEL_MAX}
      aria-valuenow={width}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ x: event.clientX, width });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setStart(undefined)}
    />
  );
}

function clamp(width: number): number {
  return Math.min(PANEL_MAX, Math.max(PANEL_MIN, Math.round(width)));
}
