// Where one can be in the app: a room and its parameters. Screens speak of places; addresses are built here only.

export const ROOMS = ['start', 'overview', 'incidents', 'alerts', 'redirects', 'readiness', 'changes', 'mail', 'accounts', 'requests'] as const;
export type RoomId = (typeof ROOMS)[number];

/** Parameters of a room as they stand in the address; an absent key is not in the address. */
export type Params = Readonly<Record<string, string>>;

export interface Place {
  room: RoomId;
  params?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The address of a place, without the `#` of the history: `/incidents?id=s%3A…`. */
export function pathOf({ room, params }: Place): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) if (value !== undefined && value !== '') search.set(name, value);
  const text = search.toString();
  return text === '' ? `/${room}` : `/${room}?${text}`;
}

/** The address as a link's `href`. */
export function hrefOf(place: Place): string {
  return `#${pathOf(place)}`;
}

/** Reads `/incidents?id=…` back; undefined where no room has that address. */
export function placeOf(path: string): Place | undefined {
  const [room = '', search = ''] = path.replace(/^#?\//u, '').split('?');
  const known = ROOMS.find((one) => one === room);
  return known === undefined ? undefined : { room: known, params: paramsOf(search) };
}

export function paramsOf(search: string): Params {
  return Object.fromEntries(new URLSearchParams(search));
}

/** What every screen receives from the app. */
export interface ScreenProps {
  params: Params;
  /** Changes parameters of this room; `undefined` takes one away. Typing replaces the entry, choosing adds one. */
  setParams: (change: Readonly<Record<string, string | undefined>>, how?: 'replace' | 'push') => void;
  go: (place: Place) => void;
}
