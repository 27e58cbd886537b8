// Which columns a grid shows: ticked by mouse or key, kept per screen, with the way back.
import { Button, Menu, MenuDivider, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { Column } from './DataGrid';
import { Icon } from './icons';
import { useKept } from './kept';

/** The columns to show, and the menu's state. `fixed` keys are always shown. */
export function useColumns<Row>(screen: string, all: readonly Column<Row>[], fixed: readonly string[]) {
  const off = all.filter((column) => column.off).map(({ key }) => key);
  const [hidden, setHidden] = useKept<string[]>(`columns.${screen}`, off);
  const optional = all.filter((column) => !fixed.includes(column.key));
  const shown = all.filter((column) => fixed.includes(column.key) || !hidden.includes(column.key));
  /** Shows these columns; none leaves the choice as it is. */
  const show = (keys: readonly string[]) => (keys.length === 0 ? undefined : setHidden(optional.map(({ key }) => key).filter((key) => !keys.includes(key))));
  return { shown, show, menu: { optional, hidden, setHidden, off } };
}

export interface ColumnMenuProps {
  optional: readonly { key: string; header: string }[];
  hidden: readonly string[];
  setHidden: (hidden: string[]) => void;
  /** Those that are hidden to begin with. */
  off: readonly string[];
}

export function ColumnMenu({ optional, hidden, setHidden, off }: ColumnMenuProps) {
  const ticked = optional.map(({ key }) => key).filter((key) => !hidden.includes(key));
  return (
    <Menu checkedValues={{ columns: ticked }} onCheckedValueChange={(_, { checkedItems }) => setHidden(optional.map(({ key }) => key).filter((key) => !checkedItems.includes(key)))}>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" className="cw-hide-narrow" icon={<Icon name="columns" size={14} />}>
          Columns
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {optional.map(({ key, header }) => (
            <MenuItemCheckbox key={key} name="columns" value={key}>
              {header}
            </MenuItemCheckbox>
          ))}
          <MenuDivider />
          <MenuItem disabled={hidden.length === 0} onClick={() => setHidden([])}>
            Show all
          </MenuItem>
          <MenuItem onClick={() => setHidden([...off])}>Reset</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
