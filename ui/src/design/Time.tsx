// Times on screen: short, with the whole instant in the tooltip; the zone is a choice of the user.
import { createContext, use } from 'react';
import { fullTime, shortTime, type Zone } from '../lib/time';

export const ZoneContext = createContext<Zone>('utc');
export const useZone = (): Zone => use(ZoneContext);

/** `now` is the session's clock: times of its day show the hour, others the date. */
export function Time({ at, now, form = 'short' }: { at: string | null | undefined; now?: string | undefined; form?: 'short' | 'full' }) {
  const zone = useZone();
  if (!at) return <span className="cw-fg3">–</span>;
  return (
    <time dateTime={at} title={fullTime(at, zone)} className="cw-nowrap">
      {form === 'full' ? fullTime(at, zone) : shortTime(at, now, zone)}
    </time>
  );
}
