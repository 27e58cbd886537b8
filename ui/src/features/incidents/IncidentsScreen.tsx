// The queue over both APIs: every incident once, where it lives, where it went. Filter, sort and open row are the address.
// Start reading at `Queue`; the address is read in filter.ts, rows come by page through contract/pages.
import { useRpc } from '../../contract/rpc';
import { ScreenHead } from '../../design/Screen';
import { Loading, NothingOpen } from '../../design/states';
import type { ScreenProps } from '../../lib/place';
import { Queue } from './Queue';

export function IncidentsScreen(props: ScreenProps) {
  const session = useRpc('session_get', {}).data;
  if (session !== undefined && session.kind !== 'none') return <Queue {...props} session={session} />;
  return (
    <>
      <ScreenHead title="Incidents" />
      {session === undefined ? (
        <Loading label="incidents" rows={14} />
      ) : (
        <NothingOpen icon="incident" onStart={() => props.go({ room: 'start' })}>
          Incidents come from a tenant, or from the demo, which needs no sign-in: two workspaces in the middle of their move.
        </NothingOpen>
      )}
    </>
  );
}
