// For tests only: a core that answers from memory, and a screen drawn against it with its own address.
import { FluentProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { useState, type ComponentType } from 'react';
import { newQueryClient, TransportContext, type Answer, type Request } from './contract/rpc';
import type { AccountRow, CommandName, SessionState } from './contract/rpc.gen';
import { fluentTheme } from './design/theme';
import type { Params, Place, ScreenProps } from './lib/place';
import type { Transport } from './platform/transport';

export type Answers = { [Name in CommandName]?: (request: Request<Name>) => Answer<Name> };

export const SESSION: SessionState = {
  kind: 'demo',
  name: 'Contoso',
  demo: true,
  workspaces: ['law-soc-weu', 'law-retail-neu'],
  now: '2026-11-24T09:42:00Z',
  sources: [
    { api: 'sentinel', read_at: '2026-11-24T09:40:00Z', rows: 5000, trouble: null, note: null },
    { api: 'graph', read_at: '2026-11-24T09:40:00Z', rows: 4000, trouble: null, note: null },
  ],
  store: 'memory',
  notice: null,
};

export const ACCOUNT: AccountRow = {
  name: 'contoso',
  title: 'Contoso',
  kind: 'tenant',
  open: true,
  kept: true,
  tenant: '3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20',
  client: '5f0c2c1e-0f3b-4c53-8f2c-1f0b7f6c9d11',
  cloud: 'public',
  hosts: ['login.microsoftonline.com', 'management.azure.com'],
  way: 'client_secret',
  user: null,
  colour: 2,
  production: false,
  tier: 'look',
  mail: false,
  primary: null,
  sign_in_needed: false,
  trouble: null,
  used_at: '2026-11-24T09:40:00Z',
  stored: [],
};

export interface Asked {
  command: string;
  request: unknown;
}

/** A transport over `answers`; what it was asked is kept, what it does not know is refused. */
export function coreOf(answers: Answers): Transport & { asked: Asked[] } {
  const all: Answers = { session_get: () => SESSION, job_list: () => ({ jobs: [] }), ...answers };
  const asked: Asked[] = [];
  return {
    asked,
    call: async (command, request) => {
      asked.push({ command, request });
      const answer = all[command as CommandName] as ((request: unknown) => unknown) | undefined;
      if (!answer) throw { code: 'invalid', message: `The test core knows no ${command}.` };
      return answer(request);
    },
    subscribe: () => () => {},
  };
}

/** Draws a screen; `params` and `places` tell where it is and where it went. */
export function showScreen(Screen: ComponentType<ScreenProps>, answers: Answers, start: Params = {}, more: Partial<Transport> = {}) {
  const core = { ...coreOf(answers), ...more };
  const places: Place[] = [];
  let latest: Params = start;
  function Host() {
    const [params, setAll] = useState<Params>(start);
    const setParams: ScreenProps['setParams'] = (change) => {
      latest = Object.fromEntries(Object.entries({ ...latest, ...change }).filter(([, value]) => value !== undefined && value !== '')) as Params;
      setAll(latest);
    };
    return <Screen params={params} setParams={setParams} go={(place) => places.push(place)} />;
  }
  const { container } = render(
    <TransportContext value={core}>
      <QueryClientProvider client={newQueryClient()}>
        <FluentProvider theme={fluentTheme('light')}>
          <Host />
        </FluentProvider>
      </QueryClientProvider>
    </TransportContext>,
  );
  return { core, container, places, params: () => latest };
}
