// The ways out to Microsoft's portals. The core builds each address from the incident's ids and opens it.
import { useAct } from '../../contract/rpc';
import type { Portal } from '../../contract/rpc.gen';
import { AddressButton } from '../../design/AddressButton';
import css from './incidents.module.css';

const WORDS: Record<Portal, string> = { defender: 'Open in Defender', azure: 'Open in Azure portal' };

export function Portals({ incidentKey, portals }: { incidentKey: string; portals: readonly Portal[] }) {
  const open = useAct('link_open');
  if (portals.length === 0) return null;
  const asked = open.variables?.page === 'incident' ? open.variables.portal : undefined;
  return (
    <div className={css['portals']}>
      {portals.map((portal) => (
        <AddressButton key={portal} opened={asked === portal ? open.data : undefined} busy={open.isPending} onOpen={() => open.mutate({ page: 'incident', key: incidentKey, portal })}>
          {WORDS[portal]}
        </AddressButton>
      ))}
    </div>
  );
}
