// Which columns a grid shows, in which order and how wide: kept per screen, and the way back. The menu that changes it
// is in ColumnMenu.tsx, the header's own keys and edges in GridHeader.tsx.
import type { Column } from './DataGrid';
import { useKept } from './kept';

export const COLUMN_MIN = 36;
export const COLUMN_MAX = 900;
/** What one press makes a column wider or narrower, in px. */
export const COLUMN_STEP = 16;

/** What a person may do to a column. */
export interface Arrange {
  /** Undefined gives the column its own width back. */
  width: (key: string, px: number | undefined) => void;
  /** Gives it the place of the column `to`. */
  move: (key: string, to: string) => void;
}

export interface ColumnChoice {
  columns: readonly string[];
  widths: readonly { column: string; px: number }[];
}

/** The columns to show, and the menu's state. `fixed` keys are always shown. */
export function useColumns<Row>(screen: string, all: readonly Column<Row>[], fixed: readonly string[]) {
  const off = all.filter((column) => column.off).map(({ key }) => key);
  const [hidden, setHidden] = useKept<string[]>(`columns.${screen}`, off);
  const [order, setOrder] = useKept<string[]>(`columnOrder.${screen}`, []);
  const [widths, setWidths] = useKept<Record<string, number>>(`columnWidths.${screen}`, {});
  const placed = inOrder(all, order).map((column) => ({ ...column, px: widths[column.key] }));
  const shown = placed.filter(({ key }) => fixed.includes(key) || !hidden.includes(key));
  const arrange: Arrange = {
    width: (key, px) => setWidths(withWidth(widths, key, px)),
    move: (key, to) => setOrder(movedTo(placed.map((one) => one.key), key, to)),
  };
  /** Shows these columns in this order; none leaves the choice as it is. */
  const show = ({ columns, widths: wide }: ColumnChoice) => {
    if (columns.length === 0) return;
    setHidden(all.map(({ key }) => key).filter((key) => !columns.includes(key)));
    setOrder([...columns, ...placed.map(({ key }) => key).filter((key) => !columns.includes(key))]);
    setWidths(Object.fromEntries(wide.map(({ column, px }) => [column, clampWidth(px)])));
  };
  const reset = () => {
    setHidden(off);
    setOrder([]);
    setWidths({});
  };
  return { shown, show, arrange, menu: { columns: placed, fixed, hidden, setHidden, arrange, reset } };
}

export function clampWidth(px: number): number {
  return Math.min(COLUMN_MAX, Math.max(COLUMN_MIN, Math.round(px)));
}

function withWidth(widths: Readonly<Record<string, number>>, key: string, px: number | undefined): Record<string, number> {
  const { [key]: _, ...others } = widths;
  return px === undefined ? others : { ...others, [key]: clampWidth(px) };
}

/** Columns in a kept order; one that the order does not know stands behind the one it stood behind. */
export function inOrder<One extends { key: string }>(all: readonly One[], order: readonly string[]): One[] {
  const placed = order.flatMap((key) => all.find((one) => one.key === key) ?? []);
  all.forEach((one, at) => {
    if (placed.includes(one)) return;
    const before = all[at - 1];
    placed.splice(before === undefined ? 0 : placed.indexOf(before) + 1, 0, one);
  });
  return placed;
}

/** `key` where `to` stands now; those between make room. */
export function movedTo(keys: readonly string[], key: string, to: string): string[] {
  const others = keys.filter((one) => one !== key);
  others.splice(keys.indexOf(to), 0, key);
  return others;
}

/** What a screen reader is told. */
export function placeWords(header: string, place: number, of: number): string {
  return `${header} is column ${place} of ${of}.`;
}

export function widthWords(header: string, px: number): string {
  return `${header} is ${px} pixels wide.`;
}
