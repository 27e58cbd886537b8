// The one interface between the UI and whatever carries its calls: the Tauri window, or devhost over HTTP.
// Nothing above this folder knows which of the two it is.
import { HttpTransport } from './http';
import { TauriTransport } from './tauri';

export interface Transport {
  /** Answers with the command's value, or rejects with what the core said, an `ErrorView`. */
  call(command: string, request: unknown): Promise<unknown>;
  /** Tells of each event of the core until the returned function is called. */
  subscribe(tell: (event: unknown) => void): () => void;
  /** Asks for files or folders with the system's dialog; absent where there is none. */
  pickFiles?(folders: boolean): Promise<string[]>;
  /** Asks where to write a file of this name; null when nothing was chosen. Absent where the core writes no files. */
  pickSave?(name: string, ending: string): Promise<string | null>;
}

export function chooseTransport(): Transport {
  return '__TAURI_INTERNALS__' in window ? new TauriTransport() : new HttpTransport(takeToken(), window.location.origin);
}

const TOKEN = 'crosswalk.token';

/** Takes devhost's token out of the address, so that it stays in this tab and out of its history. */
export function takeToken(): string {
  const match = /^#token=([^&]+)/u.exec(window.location.hash);
  if (match?.[1] === undefined) return sessionStorage.getItem(TOKEN) ?? '';
  const token = decodeURIComponent(match[1]);
  sessionStorage.setItem(TOKEN, token);
  window.history.replaceState(null, '', `${window.location.pathname}#/`);
  return token;
}
