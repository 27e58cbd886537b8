// Leads to a page outside. Whoever opens it names the address; where it could not be opened, it is shown to copy.
import { Button } from '@fluentui/react-components';
import { visible } from '../lib/visible';
import css from './AddressButton.module.css';
import { CopyButton } from './EvidenceBlock';
import { Icon } from './icons';

export interface AddressButtonProps {
  /** What came of opening it. */
  opened: { address: string; opened: boolean } | undefined;
  busy: boolean;
  onOpen: () => void;
  children: string;
}

export function AddressButton({ opened, busy, onOpen, children }: AddressButtonProps) {
  const shown = opened && !opened.opened ? opened.address : undefined;
  return (
    <>
      <Button size="small" icon={<Icon name="open" size={14} />} disabled={busy} onClick={onOpen}>
        {children}
      </Button>
      {shown === undefined ? null : (
        <span className={`cw-row ${css['told']}`} role="status">
          <code className="cw-cut" title={visible(shown)}>
            {visible(shown)}
          </code>
          <CopyButton text={shown} label="Copy the address" />
        </span>
      )}
    </>
  );
}
