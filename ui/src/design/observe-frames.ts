// Where a list is scrolled to, looked at last in each frame. The event comes first in a frame and tells of the one before:
// where a script or a key has moved the list since, rows drawn by it would leave a stretch bare for a frame.
import { observeElementOffset, type Virtualizer } from '@tanstack/react-virtual';

export function observeFrames<Box extends Element>(list: Virtualizer<Box, Element>, tell: (offset: number, isScrolling: boolean) => void): (() => void) | undefined {
  const box = list.scrollElement;
  let frame = 0;
  const stop = observeElementOffset(list, (offset, isScrolling) => {
    cancelAnimationFrame(frame);
    if (isScrolling) frame = requestAnimationFrame(() => tell(box?.scrollTop ?? offset, true));
    else tell(offset, false);
  });
  return () => {
    cancelAnimationFrame(frame);
    stop?.();
  };
}
