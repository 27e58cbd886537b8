// Reads an incident's alerts, entities, comments and tasks when its panel opens, unless what is kept is fresh enough.
import { useEffect, useState } from 'react';
import { useAct, useRpc } from '../../../contract/rpc';
import type { ErrorView, IncidentParts } from '../../../contract/rpc.gen';

/** Older than this is read again when the panel opens. */
const FRESH_MS = 15 * 60_000;

/** Whoever steps through the list with j and k reads nothing on the way. */
const REST_MS = 300;

export interface PartsReading {
  parts: IncidentParts | undefined;
  error: ErrorView | null;
  refresh: () => void;
  /** Asked for, and not answered yet. */
  busy: boolean;
}

/** True where a part was never read, or too long ago. */
export function isDue(parts: IncidentParts, now: number): boolean {
  const times = [parts.alerts, parts.entities, parts.comments, parts.tasks].map(({ age }) => age.read_at).filter((at) => at !== null);
  return times.length === 0 || times.some((at) => now - new Date(at).getTime() > FRESH_MS);
}

export function useParts(key: string, open: boolean): PartsReading {
  const { data, error, refetch } = useRpc('incident_parts', { key }, { enabled: open });
  const { mutate, data: job, isPending, error: refused } = useAct('incident_read', { quiet: true });
  const [asked, setAsked] = useState<string>();
  const running = useRpc('job_list', {}).data?.jobs.some((one) => one.id === job?.id && (one.state === 'running' || one.state === 'paused')) ?? false;
  useEffect(() => {
    if (data?.readable !== true || asked === key || !isDue(data, Date.now())) return undefined;
    const rest = setTimeout(() => {
      setAsked(key);
      mutate({ key });
    }, REST_MS);
    return () => clearTimeout(rest);
  }, [data, asked, key, mutate]);
  const refresh = () => {
    setAsked(key);
    if (error) void refetch();
    mutate({ key });
  };
  return { parts: data, error: error ?? refused, refresh, busy: isPending || (running && asked === key) };
}
