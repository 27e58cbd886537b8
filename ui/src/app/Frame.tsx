// The frame around every screen: tenant band, top bar, rail, main sheet, status bar, and the two overlays.
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct, useRpc } from '../contract/rpc';
import { pathOf, placeOf, type Place } from '../lib/place';
import { FailureBand, Notices, SessionNotice } from './FailureBand';
import css from './Frame.module.css';
import { KeySheet } from './KeySheet';
import { useAppKeys } from './keys';
import { Palette } from './Palette';
import { PlanBand } from './PlanBand';
import { usePreferences } from './preferences';
import { Rail } from './Rail';
import { rooms } from './rooms';
import { SignInBand } from './SignInBand';
import { Status } from './Status';
import { tenantColour, useOpenAccount } from './tenant';
import { TopBar } from './TopBar';

export function Frame({ children }: { children: ReactNode }) {
  const router = useRouter();
  const room = useRouterState({ select: (state) => placeOf(state.location.pathname)?.room });
  const session = useRpc('session_get', {}).data;
  const sync = useAct('sync_run');
  const [overlay, setOverlay] = useState<'palette' | 'keys'>();
  const { letters, narrowRail } = usePreferences();
  const go = (place: Place) => router.history.push(pathOf(place));
  const canSync = session !== undefined && session.kind !== 'none' && session.kind !== 'files';
  const refresh = () => {
    if (canSync && !sync.isPending) sync.mutate({});
  };
  useAppKeys({ letters, openPalette: () => setOverlay('palette'), openKeySheet: () => setOverlay('keys'), go: (id) => go({ room: id }), refresh });

  const title = rooms.find((one) => one.id === room)?.title;
  const tenant = session?.name ?? undefined;
  const colour = useOpenAccount()?.colour;
  return (
    <div className={`${css['frame']} ${narrowRail ? css['narrow'] : ''}`} style={tenantColour(colour)}>
      <title>{[title, tenant, 'Crosswalk'].filter(Boolean).join(' – ')}</title>
      <a className={css['skip']} href="#main" onClick={(event) => skipToMain(event)}>
        Skip to content
      </a>
      <TopBar session={session} go={go} onPalette={() => setOverlay('palette')} onHelp={() => setOverlay('keys')} />
      <Rail current={room} />
      <main className={css['main']} id="main" tabIndex={-1}>
        <SessionNotice notice={session?.notice ?? null} />
        <FailureBand />
        <SignInBand room={room} />
        <PlanBand tenant={tenant} />
        <Notices go={go} />
        {children}
      </main>
      <Status session={session} go={go} />
      {overlay === 'palette' ? <Palette session={session} go={go} refresh={canSync ? refresh : undefined} onKeys={() => setOverlay('keys')} onClose={() => setOverlay(undefined)} /> : null}
      {overlay === 'keys' ? <KeySheet onClose={() => setOverlay(undefined)} /> : null}
    </div>
  );
}

/** The history lives behind the `#`, so the link moves the focus and not the address. */
function skipToMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
