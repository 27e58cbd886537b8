// The top bar: whose data this is, back and forward, the command field, what this profile may do, theme, help.
import { Button, Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { SessionState, Tier } from '../contract/rpc.gen';
import { useAct, useRpc } from '../contract/rpc';
import { Keys, Label } from '../design/Chip';
import { BrandMark, Icon } from '../design/icons';
import { DENSITIES, DENSITY_NAMES, THEMES, THEME_NAMES, type Density, type ThemeChoice } from '../design/theme';
import type { Place } from '../lib/place';
import css from './Frame.module.css';
import { usePreferences } from './preferences';
import { rooms } from './rooms';
import { useOpenAccount } from './tenant';

export interface TopBarProps {
  session: SessionState | undefined;
  go: (place: Place) => void;
  onPalette: () => void;
  onHelp: () => void;
}

export function TopBar({ session, go, onPalette, onHelp }: TopBarProps) {
  return (
    <header className={css['top']}>
      <div className={css['brand']}>
        <BrandMark />
        <b>Crosswalk</b>
      </div>
      <TenantChip session={session} go={go} />
      <span className="cw-row cw-hide-narrow" style={{ gap: 4 }}>
        <BarButton icon="chevronLeft" label="Back" keys="Alt+Left" onClick={() => window.history.back()} />
        <BarButton icon="chevronRight" label="Forward" keys="Alt+Right" onClick={() => window.history.forward()} />
      </span>
      <button type="button" className={css['command']} onClick={onPalette} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span className="cw-cut">Go to an incident, screen or command</span>
        <Keys keys={['Ctrl', 'K']} />
      </button>
      <Mode />
      <ThemeMenu />
      <BarButton icon="help" label="Keys and help" keys="?" onClick={onHelp} />
    </header>
  );
}

const MODES: Record<Tier, { words: string; note: string }> = {
  look: { words: 'Look & check', note: 'This account is asked for rights to read only' },
  respond: { words: 'Respond', note: 'This account is asked for rights to edit incidents' },
  fix: { words: 'Fix', note: 'This account is asked for rights to edit incidents and rules. This version edits no rule' },
};

/** What the open account may do, from its tier. */
function Mode() {
  const tier = useOpenAccount()?.tier ?? 'look';
  const { words, note } = MODES[tier];
  return (
    <span className={css['mode']} title={note}>
      <Icon name={tier === 'look' ? 'lock' : 'flag'} size={14} />
      <span className="cw-hide-narrow">{words}</span>
      <span className="cw-sr">{note}</span>
    </span>
  );
}

function BarButton({ icon, label, keys, onClick }: { icon: 'chevronLeft' | 'chevronRight' | 'help'; label: string; keys: string; onClick: () => void }) {
  return <Button appearance="subtle" icon={<Icon name={icon} size={20} />} aria-label={label} title={`${label}  ${keys}`} onClick={onClick} />;
}

function kindLabel(session: SessionState): string | undefined {
  if (session.demo) return 'DEMO';
  return session.kind === 'files' ? 'Files' : undefined;
}

/** Whose data this is, and the way to other data. */
function TenantChip({ session, go }: { session: SessionState | undefined; go: (place: Place) => void }) {
  const accounts = useRpc('account_list', {}).data?.accounts ?? [];
  const open = useAct('session_open');
  const demo = useAct('session_demo');
  const close = useAct('session_close');
  const label = session ? kindLabel(session) : undefined;
  const isOpen = session !== undefined && session.kind !== 'none';
  const others = accounts.filter((account) => !account.open);
  const production = useOpenAccount()?.production ?? false;
  const hasStart = rooms.some((room) => room.id === 'start');
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className={css['tenant']}>
          <span className={css['swatch']} />
          <bdi className="cw-cut">{session?.name ?? 'Nothing open'}</bdi>
          {label ? <Label>{label}</Label> : null}
          {production ? <Label>Production</Label> : null}
          <Icon name="chevronDown" size={12} />
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {accounts.some((account) => account.kind === 'demo') ? null : <MenuItem onClick={() => demo.mutate({})}>Open the demo tenant</MenuItem>}
          {others.map((account) => (
            <MenuItem key={account.name} onClick={() => open.mutate({ name: account.name })}>
              <bdi>{`Open ${account.title}`}</bdi>
            </MenuItem>
          ))}
          {hasStart ? <MenuItem onClick={() => go({ room: 'start' })}>Other ways to begin</MenuItem> : null}
          {isOpen && (others.length > 0 || hasStart) ? <MenuDivider /> : null}
          {isOpen ? <MenuItem onClick={() => close.mutate({}, { onSuccess: () => go({ room: hasStart ? 'start' : 'incidents' }) })}>Close this session</MenuItem> : null}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function ThemeMenu() {
  const { theme, setTheme, density, setDensity } = usePreferences();
  return (
    <Menu
      checkedValues={{ theme: [theme], density: [density] }}
      onCheckedValueChange={(_, { name, checkedItems }) => {
        if (name === 'theme') setTheme((checkedItems[0] ?? 'system') as ThemeChoice);
        if (name === 'density') setDensity((checkedItems[0] ?? 'compact') as Density);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<Icon name="sun" size={20} />} aria-label="Theme and density" title="Theme and density" />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>Theme</MenuGroupHeader>
            {THEMES.map((one) => (
              <MenuItemRadio key={one} name="theme" value={one}>
                {THEME_NAMES[one]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>Rows</MenuGroupHeader>
            {DENSITIES.map((one) => (
              <MenuItemRadio key={one} name="density" value={one}>
                {DENSITY_NAMES[one]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
