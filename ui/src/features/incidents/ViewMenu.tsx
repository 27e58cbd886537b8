// Views by name: those that come with Crosswalk, those of this tenant's team, and what can be done with the one on screen.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useState } from 'react';
import { useAct, useRpc } from '../../contract/rpc';
import type { IncidentColumn, IncidentGroup, SavedView } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { visible } from '../../lib/visible';
import { GROUPS, type QueueView } from './filter';
import { dressedAs, isOf, viewNamed } from './views';

export interface ViewMenuProps {
  view: QueueView;
  group: IncidentGroup | undefined;
  columns: readonly { key: string; px?: number | undefined }[];
  /** Name that the address carries. */
  name: string | undefined;
  onChoose: (view: SavedView) => void;
  onGroup: (group: IncidentGroup | undefined) => void;
}

type Asking = 'save' | 'rename';

export function ViewMenu({ view, group, columns, name, onChoose, onGroup }: ViewMenuProps) {
  const list = useRpc('view_list', {}).data;
  const remove = useAct('view_remove');
  const preset = useAct('view_default');
  const [asking, setAsking] = useState<Asking>();
  const all = [...(list?.built_in ?? []), ...(list?.saved ?? [])];
  const current = viewNamed(all, name);
  const own = list?.saved.some((one) => one.name === current?.name) ?? false;
  const changed = current !== undefined && !isOf(current, view, group);
  const here: SavedView = { name: current?.name ?? '', ...view, columns: columns.map(({ key }) => key as IncidentColumn), widths: columns.flatMap(({ key, px }) => (px === undefined ? [] : { column: key as IncidentColumn, px })), group: group ?? null };
  return (
    <>
      <Menu
        checkedValues={{ view: current && !changed ? [current.name] : [], group: [group ?? 'none'] }}
        onCheckedValueChange={(_, { name: kind, checkedItems }) => {
          if (kind === 'group') return onGroup(checkedItems[0] === 'none' ? undefined : (checkedItems[0] as IncidentGroup));
          const chosen = all.find((one) => one.name === checkedItems[0]);
          if (chosen) onChoose(chosen);
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<Icon name="chevronDown" size={14} />} iconPosition="after">
            {current === undefined ? null : <span className="cw-sr">View: </span>}
            <bdi className="cw-cut" style={{ maxWidth: 160 }}>
              {current === undefined ? 'Views' : `${visible(current.name)}${changed ? ' (changed)' : ''}`}
            </bdi>
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList style={{ maxHeight: '70vh', overflow: 'auto' }}>
            <Named title="Views" views={list?.built_in ?? []} preset={list?.default} />
            <Named title="Saved for this tenant" views={list?.saved ?? []} preset={list?.default} />
            <MenuDivider />
            <MenuItem onClick={() => setAsking('save')}>Save this view as…</MenuItem>
            {own && (changed || !dressedAs(current, here)) ? <SaveChanged view={here} /> : null}
            {own ? <MenuItem onClick={() => setAsking('rename')}>Rename…</MenuItem> : null}
            {own && current ? <MenuItem onClick={() => remove.mutate({ view: current.name })}>Delete</MenuItem> : null}
            {current && list?.default !== current.name ? <MenuItem onClick={() => preset.mutate({ view: current.name })}>Open the queue with this view</MenuItem> : null}
            {list?.default ? <MenuItem onClick={() => preset.mutate({ view: null })}>Open the queue with every incident</MenuItem> : null}
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>Group by</MenuGroupHeader>
              {Object.entries({ none: 'Nothing', ...GROUPS }).map(([value, word]) => (
                <MenuItemRadio key={value} name="group" value={value}>
                  {word}
                </MenuItemRadio>
              ))}
            </MenuGroup>
          </MenuList>
        </MenuPopover>
      </Menu>
      {asking ? <NameDialog view={here} was={asking === 'rename' ? (current ?? null) : null} onDone={onChoose} onClose={() => setAsking(undefined)} /> : null}
    </>
  );
}

function Named({ title, views, preset }: { title: string; views: readonly SavedView[]; preset: string | null | undefined }) {
  if (views.length === 0) return null;
  return (
    <MenuGroup>
      <MenuGroupHeader>{title}</MenuGroupHeader>
      {views.map(({ name }) => (
        <MenuItemRadio key={name} name="view" value={name} secondaryContent={preset === name ? 'opens first' : null}>
          <bdi>{visible(name)}</bdi>
        </MenuItemRadio>
      ))}
    </MenuGroup>
  );
}

function SaveChanged({ view }: { view: SavedView }) {
  const save = useAct('view_save');
  return <MenuItem onClick={() => save.mutate({ view, was: view.name })}>Save the change</MenuItem>;
}

/** Asks for a name; the core says which names are taken. */
function NameDialog({ view, was, onDone, onClose }: { view: SavedView; was: SavedView | null; onDone: (view: SavedView) => void; onClose: () => void }) {
  const save = useAct('view_save', { quiet: true });
  const [name, setName] = useState(was?.name ?? '');
  const submit = async () => {
    const named = { ...(was ?? view), name: name.trim() };
    await save.mutateAsync({ view: named, was: was?.name ?? null });
    onDone(named);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{was ? 'Rename the view' : 'Save this view'}</DialogTitle>
          <DialogContent>
            <p className="cw-prose">It keeps filter, order, grouping, and the columns with their places and widths, for this tenant on this machine.</p>
            <Field label="Name">
              <Input value={name} maxLength={60} autoComplete="off" onChange={(_, { value }) => setName(value)} onKeyDown={(event) => (event.key === 'Enter' ? void submit().catch(() => undefined) : undefined)} />
            </Field>
            {save.error ? (
              <Notice tone="danger" role="alert">
                {save.error.message}
              </Notice>
            ) : null}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button appearance="primary" disabled={name.trim() === '' || save.isPending} onClick={() => void submit().catch(() => undefined)}>
              {was ? 'Rename it' : 'Save it'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
