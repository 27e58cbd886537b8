// A header that is dragged to another place, for the pointer alone: keys and the column menu do the same.
// A press that does not move stays a click, which orders; Escape puts the header back.
import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { placeWords, type Arrange } from './columns';

/** A press that moves less is a click. */
const STILL = 4;

interface Press {
  key: string;
  x: number;
}

/** What is dragged, and before which column it would come; behind the last is one place more. */
interface Drag {
  key: string;
  gap: number;
}

type Headed = { key: string; header: string };

export function useColumnDrag(columns: readonly Headed[], arrange: Arrange | undefined, onSaid: (words: string) => void) {
  const press = useRef<Press>(undefined);
  // The click that follows a drag is no wish for another order.
  const dragged = useRef(false);
  const [drag, setDrag] = useState<Drag>();
  const stop = () => {
    press.current = undefined;
    setDrag(undefined);
  };
  useEffect(() => {
    if (drag === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      stop();
    };
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, [drag]);
  const onPointerDown = (event: PointerEvent<HTMLElement>, key: string) => {
    dragged.current = false;
    if (event.button === 0) press.current = { key, x: event.clientX };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const began = press.current;
    // Let go outside the window it is told nowhere.
    if (began !== undefined && (event.buttons & 1) === 0) return stop();
    if (began === undefined || (drag === undefined && Math.abs(event.clientX - began.x) < STILL)) return;
    // Captured only now: a click of a captured pointer would miss the button.
    if (drag === undefined) event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = true;
    const gap = gapAt(event.currentTarget, event.clientX);
    if (drag?.gap !== gap) setDrag({ key: began.key, gap });
  };
  const onPointerUp = () => {
    if (arrange && drag) drop(columns, drag, arrange, onSaid);
    stop();
  };
  const onClickCapture = (event: MouseEvent) => {
    if (!dragged.current) return;
    dragged.current = false;
    event.stopPropagation();
    event.preventDefault();
  };
  /** What a header takes to be dragged; its edge keeps its own presses. */
  const headProps = (key: string) =>
    arrange && {
      onPointerDown: (event: PointerEvent<HTMLElement>) => onPointerDown(event, key),
      onPointerMove,
      onPointerUp,
      onPointerCancel: stop,
      onClickCapture,
    };
  /** On which side of this header the dragged one would come. */
  const markOf = (at: number): 'before' | 'after' | undefined => {
    if (drag === undefined || placeOf(columns, drag) === undefined) return undefined;
    if (drag.gap === at) return 'before';
    return drag.gap === columns.length && at === columns.length - 1 ? 'after' : undefined;
  };
  return { headProps, markOf, draggedKey: drag?.key };
}

/** Before which column `x` lies: those beside the one that is dragged, on its line. */
function gapAt(head: HTMLElement, x: number): number {
  const heads = [...(head.parentElement?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
  const { top } = head.getBoundingClientRect();
  const line = heads.map((one) => one.getBoundingClientRect()).map((box, at) => ({ box, at })).filter(({ box }) => Math.abs(box.top - top) < 4);
  const before = line.find(({ box }) => x < box.left + box.width / 2);
  return before?.at ?? (line.at(-1)?.at ?? -1) + 1;
}

/** Whose place it would take; none where it would stay. */
function placeOf(columns: readonly Headed[], { key, gap }: Drag): number | undefined {
  const at = columns.findIndex((one) => one.key === key);
  const to = gap > at ? gap - 1 : gap;
  return to === at ? undefined : to;
}

function drop(columns: readonly Headed[], drag: Drag, arrange: Arrange, onSaid: (words: string) => void) {
  const to = placeOf(columns, drag);
  const [column, beside] = [columns.find(({ key }) => key === drag.key), to === undefined ? undefined : columns[to]];
  if (to === undefined || column === undefined || beside === undefined) return;
  arrange.move(drag.key, beside.key);
  onSaid(placeWords(column.header, to + 1, columns.length));
}
