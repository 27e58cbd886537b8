// Leads to a page outside. The core builds the address and opens it; where it can't, the address is shown to copy.
import { Button } from '@fluentui/react-components';
import { useAct } from '../../contract/rpc';
import type { Link } from '../../contract/rpc.gen';
import { CopyButton } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { visible } from '../../lib/visible';
import css from './accounts.module.css';

export function LinkButton({ link, children }: { link: Link; children: string }) {
  const open = useAct('link_open');
  const shown = open.data && !open.data.opened ? open.data.address : undefined;
  return (
    <>
      <Button size="small" icon={<Icon name="open" size={14} />} disabled={open.isPending} onClick={() => open.mutate(link)}>
        {children}
      </Button>
      {shown === undefined ? null : (
        <span className={css['address']} role="status">
          <code className="cw-cut">{visible(shown)}</code>
          <CopyButton text={shown} label="Copy the address" />
        </span>
      )}
    </>
  );
}
