// A saved view and the address: what the address must say to show it, and whether it still does. Pure.
import type { IncidentGroup, SavedView } from '../../contract/rpc.gen';
import { paramOfSort, paramsOfFilter, type Change, type QueueView } from './filter';

/** The address of a view. Its name stands there too, so that one sees which view was changed. */
export function paramsOfView({ name, filter, sort, group }: SavedView): Change {
  return { ...paramsOfFilter(filter), sort: paramOfSort(sort), group: group ?? undefined, view: name };
}

export function viewNamed(views: readonly SavedView[], name: string | undefined): SavedView | undefined {
  return name === undefined ? undefined : views.find((view) => view.name === name);
}

/** Whether the screen shows what the view keeps; columns are taste and change nothing of it. */
export function isOf(view: SavedView, { filter, sort }: QueueView, group: IncidentGroup | undefined): boolean {
  const same = (a: Change, b: Change) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
  return same(paramsOfFilter(view.filter), paramsOfFilter(filter)) && paramOfSort(view.sort) === paramOfSort(sort) && (view.group ?? undefined) === group;
}

/** Whether the columns stand as the view keeps them. */
export function dressedAs(view: SavedView | undefined, shown: SavedView): boolean {
  return view === undefined || JSON.stringify([view.columns, view.widths]) === JSON.stringify([shown.columns, shown.widths]);
}
