// A page outside that has to do with an account. The core builds its address and opens it.
import { useAct } from '../../contract/rpc';
import type { Link } from '../../contract/rpc.gen';
import { AddressButton } from '../../design/AddressButton';

export function LinkButton({ link, children }: { link: Link; children: string }) {
  const open = useAct('link_open');
  return (
    <AddressButton opened={open.data} busy={open.isPending} onOpen={() => open.mutate(link)}>
      {children}
    </AddressButton>
  );
}
