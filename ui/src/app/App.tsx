// Everything around the screens: transport, queries, preferences, the router with one route per room that works.
import { QueryClientProvider } from '@tanstack/react-query';
import { createHashHistory, createRootRoute, createRoute, createRouter, Outlet, redirect, RouterProvider, useRouter, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { newQueryClient, rpcQuery, TransportContext, useEvents } from '../contract/rpc';
import { ExplainContext } from '../design/states';
import { paramsOf, pathOf, type ScreenProps } from '../lib/place';
import type { Transport } from '../platform/transport';
import type { QueryClient } from '@tanstack/react-query';
import { explain } from './errors';
import { Frame } from './Frame';
import { PreferencesProvider } from './preferences';
import { homeOf, rooms, type Room } from './rooms';

export function App({ transport }: { transport: Transport }) {
  const [client] = useState(newQueryClient);
  const [router] = useState(() => newRouter(transport, client));
  return (
    <TransportContext value={transport}>
      <QueryClientProvider client={client}>
        <ExplainContext value={explain}>
          <PreferencesProvider>
            <RouterProvider router={router} />
          </PreferencesProvider>
        </ExplainContext>
      </QueryClientProvider>
    </TransportContext>
  );
}

function Shell() {
  useEvents();
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}

/** Binds a room's screen to the address. */
function RoomRoute({ room }: { room: Room }) {
  const router = useRouter();
  const search = useRouterState({ select: (state) => state.location.searchStr });
  const params = paramsOf(search);
  const setParams: ScreenProps['setParams'] = (change, how = 'push') => {
    const path = pathOf({ room: room.id, params: { ...paramsOf(router.state.location.searchStr), ...change } });
    if (how === 'replace') router.history.replace(path);
    else router.history.push(path);
  };
  return <room.Screen params={params} setParams={setParams} go={(place) => router.history.push(pathOf(place))} />;
}

function newRouter(transport: Transport, client: QueryClient) {
  const root = createRootRoute({ component: Shell, notFoundComponent: Home });
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: async () => {
      const session = await client.fetchQuery(rpcQuery(transport, 'session_get', {})).catch(() => undefined);
      throw redirect({ to: `/${homeOf(session !== undefined && session.kind !== 'none')}` });
    },
  });
  const routes = rooms.map((room) => createRoute({ getParentRoute: () => root, path: `/${room.id}`, component: () => <RoomRoute room={room} /> }));
  return createRouter({
    routeTree: root.addChildren([home, ...routes]),
    history: createHashHistory(),
    // Parameters are plain words; `4711` stays text.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}

/** An address of no room leads home. */
function Home() {
  const router = useRouter();
  return (
    <p style={{ padding: 20 }}>
      There is no screen at this address.{' '}
      <a href="#/" onClick={() => router.history.push('/')}>
        Go to the first screen
      </a>
    </p>
  );
}
