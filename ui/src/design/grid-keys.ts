// Which row a key leads to. Pure, so that the grid's keyboard can be proved without a browser.

export interface GridKey {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
}

/** The index that `event` moves to from `at` among `count` rows; undefined when the key does not move. */
export function moveTo(event: GridKey, at: number, count: number, pageRows: number, letters: boolean): number | undefined {
  if (count === 0 || event.altKey || event.metaKey) return undefined;
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index));
  if (event.ctrlKey) {
    if (event.key === 'Home') return 0;
    return event.key === 'End' ? count - 1 : undefined;
  }
  switch (event.key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return clamp(at - 1);
    case 'PageDown':
      return clamp(at + pageRows);
    case 'PageUp':
      return clamp(at - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'j':
      return letters ? clamp(at + 1) : undefined;
    case 'k':
      return letters ? clamp(at - 1) : undefined;
    default:
      return undefined;
  }
}
