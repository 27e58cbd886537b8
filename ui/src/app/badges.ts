// Work that waits, per room, from the overview that the store already counts.
import { useRpc } from '../contract/rpc';
import type { Overview } from '../contract/rpc.gen';
import type { RoomBadge } from './rooms';

function useStanding(): Overview | undefined {
  const session = useRpc('session_get', {}).data;
  const open = session !== undefined && session.kind !== 'none';
  const standing = useRpc('overview_get', {}, { enabled: open }).data;
  // What was counted last is still at hand when a tenant is closed or wiped, and is nobody's then.
  return open ? standing : undefined;
}

export function useRedirectsBadge(): RoomBadge | undefined {
  const count = useStanding()?.unresolved ?? 0;
  return count === 0 ? undefined : { count, hot: true, words: `${count} unresolved redirects` };
}

export function useReadinessBadge(): RoomBadge | undefined {
  const verdicts = useStanding()?.areas.flatMap((area) => area.verdicts) ?? [];
  const count = verdicts.reduce((all, [verdict, of]) => (verdict === 'fail' ? all + of : all), 0);
  return count === 0 ? undefined : { count, hot: false, words: `${count} checks fail` };
}
