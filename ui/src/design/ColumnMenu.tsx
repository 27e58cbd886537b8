// Which columns a grid shows: ticked by mouse or key, kept per screen, with the way back.
import { Button, Menu, MenuDivider, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { Column } from './DataGrid';
import { Icon } from './icons';
import { useKept } from './kept';

/** The columns to show, and the menu's state. `fixed` keys are always shown. */
export function useColumns<Row>(screen: string, all: readonly Column<Row>[], fixed: readonly string[]) {
  const [hidden, setHidden] = useKept<string[]>(`columns.${screen}`, []);
  const optional = all.filter((column) => !fixed.includes(column.key));
  const shown = all.filter((column) => fixed.includes(column.key) || !hidden.includes(column.key));
  return { shown, menu: { optional, hidden, setHidden } };
}

export interface ColumnMenuProps {
  optional: readonly { key: string; header: string }[];
  hidden: readonly string[];
  setHidden: (hidden: string[]) => void;
}

export function ColumnMenu({ optional, hidden, setHidden }: ColumnMenuProps) {
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
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
