// Calls through the shell's one command, `rpc`, and its one event, `crosswalk`.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Transport } from './transport';

export class TauriTransport implements Transport {
  call(command: string, request: unknown): Promise<unknown> {
    return invoke('rpc', { request: { command, args: request } });
  }

  subscribe(tell: (event: unknown) => void): () => void {
    const listening = listen('crosswalk', (event) => tell(event.payload));
    return () => void listening.then((stop) => stop());
  }

  /** The dialog plugin is asked by name; its JavaScript package would add nothing but this call. */
  async pickFiles(folders: boolean): Promise<string[]> {
    const options = { multiple: true, directory: folders, title: folders ? 'Open folders' : 'Open files' };
    const picked = await invoke<string[] | string | null>('plugin:dialog|open', { options });
    if (picked === null) return [];
    return Array.isArray(picked) ? picked : [picked];
  }

  pickSave(name: string, ending: string): Promise<string | null> {
    const options = { title: 'Export', defaultPath: name, filters: [{ name: ending.toUpperCase(), extensions: [ending] }] };
    return invoke<string | null>('plugin:dialog|save', { options });
  }
}
