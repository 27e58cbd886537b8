// Filters in force as chips, a menu to add one with the count beside each value, and the quick filters of a move.
import { Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItemCheckbox, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useState } from 'react';
import { useRpc } from '../../contract/rpc';
import type { FacetValue, IncidentFacets, IncidentFilter, Presence } from '../../contract/rpc.gen';
import { FilterChip, ToggleChip } from '../../design/Chip';
import chipCss from '../../design/controls.module.css';
import { Toolbar } from '../../design/Screen';
import { visible } from '../../lib/visible';
import { chipsOf, HOURS, paramsOfFilter, valueWord, type Change, type ChipText } from './filter';

type Facet = 'severity' | 'status' | 'workspace' | 'presence' | 'classification' | 'product' | 'tag' | 'owner';
/** Those with most incidents; others are found by search. */
const MOST_OWNERS = 30;
const FACETS: readonly (readonly [Exclude<Facet, 'owner'>, string])[] = [
  ['severity', 'Severity'],
  ['status', 'Status'],
  ['workspace', 'Workspace'],
  ['presence', 'Source'],
  ['classification', 'Classification'],
  ['product', 'Product'],
  ['tag', 'Tag'],
];
const QUICK: readonly (readonly [Presence, string])[] = [
  ['twin_missing', 'Twin missing'],
  ['twin_not_proved', 'Twin not proved'],
];

export interface FilterBarProps {
  filter: IncidentFilter;
  facets: IncidentFacets | undefined;
  onChange: (change: Change) => void;
}

export function FilterBar({ filter, facets, onChange }: FilterBarProps) {
  const set = (next: Partial<IncidentFilter>) => onChange(paramsOfFilter({ ...filter, ...next }));
  const presenceCount = (presence: Presence) => (facets === undefined ? undefined : (facets.presence.find((one) => one.value === presence)?.count ?? 0));
  return (
    <Toolbar label="Filters">
      <FilterChips chips={chipsOf(filter)} onChange={onChange} />
      <AddFilter filter={filter} facets={facets} onSet={set} />
      <span className="cw-end" />
      <ToggleChip icon="redirect" label="Redirected" count={facets?.redirected} pressed={filter.redirected === true} onToggle={() => set({ redirected: filter.redirected === true ? null : true })} />
      <ToggleChip label="Owner differs" count={facets?.owner_differs} pressed={filter.owner_differs === true} onToggle={() => set({ owner_differs: filter.owner_differs === true ? null : true })} />
      {QUICK.map(([presence, label]) => (
        <ToggleChip key={presence} label={label} count={presenceCount(presence)} pressed={filter.presence.includes(presence)} onToggle={() => set({ presence: toggled(filter.presence, presence) })} />
      ))}
    </Toolbar>
  );
}

export function FilterChips({ chips, onChange }: { chips: readonly ChipText[]; onChange: (change: Change) => void }) {
  return (
    <>
      {chips.map(({ param, name, value }) => (
        <FilterChip key={param} name={name} value={value} words={`${name} ${value}`} onClear={() => onChange({ [param]: undefined })} />
      ))}
    </>
  );
}

function toggled(values: readonly Presence[], value: Presence): Presence[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

function AddFilter({ filter, facets, onSet }: { filter: IncidentFilter; facets: IncidentFacets | undefined; onSet: (next: Partial<IncidentFilter>) => void }) {
  const [open, setOpen] = useState(false);
  // Owners are counted when they are looked at: it is the one facet that costs a walk over every line.
  const owners = useRpc('incident_groups', { filter: { ...filter, owner: [] }, group: 'owner' }, { enabled: open, keep: true }).data;
  const hours = filter.updated_hours === null ? 'any' : String(filter.updated_hours);
  const checked = { severity: filter.severity, status: filter.status, workspace: filter.workspace, presence: filter.presence, classification: filter.classification, product: filter.product, tag: filter.tag, owner: filter.owner, hours: [hours] };
  const onChecked = (name: string, items: string[]) => {
    if (name === 'hours') onSet({ updated_hours: items[0] === undefined || items[0] === 'any' ? null : Number(items[0]) });
    else onSet({ [name]: items });
  };
  return (
    <Menu open={open} onOpenChange={(_, { open: next }) => setOpen(next)} checkedValues={checked} onCheckedValueChange={(_, { name, checkedItems }) => onChecked(name, checkedItems)}>
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className={`${chipCss['chip']} ${chipCss['dashed']}`}>
          Add filter
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList style={{ maxHeight: '70vh', overflow: 'auto' }}>
          <MenuGroup>
            <MenuGroupHeader>Updated</MenuGroupHeader>
            {HOURS.map(([value, words]) => (
              <MenuItemRadio key={value} name="hours" value={String(value)}>
                {words}
              </MenuItemRadio>
            ))}
            <MenuItemRadio name="hours" value="any">
              Any time
            </MenuItemRadio>
          </MenuGroup>
          {FACETS.map(([facet, name]) => (
            <FacetItems key={facet} facet={facet} name={name} values={facets?.[facet] ?? []} />
          ))}
          <FacetItems facet="owner" name="Owner" values={owners?.groups.slice(0, MOST_OWNERS) ?? []} />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function FacetItems({ facet, name, values }: { facet: Facet; name: string; values: readonly FacetValue[] }) {
  if (values.length === 0) return null;
  return (
    <>
      <MenuDivider />
      <MenuGroup>
        <MenuGroupHeader>{name}</MenuGroupHeader>
        {values.map(({ value, count }) => (
          <MenuItemCheckbox key={value} name={facet} value={value} secondaryContent={count.toLocaleString('en')}>
            <bdi>{visible(valueWord(facet, value))}</bdi>
          </MenuItemCheckbox>
        ))}
      </MenuGroup>
    </>
  );
}
