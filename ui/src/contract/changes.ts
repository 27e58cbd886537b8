// Changes that were made from here, as screens meet them: asked for, and taken back.
import { useState } from 'react';
import { useAct } from './rpc';
import type { ChangeListRequest, ChangeRow } from './rpc.gen';

/** What narrows nothing. */
export const ALL_CHANGES: Omit<ChangeListRequest, 'offset' | 'limit'> = { key: null, outcome: [], text: '' };

/** Takes a change back; a production tenant's name is typed before. */
export function useUndo(row: ChangeRow, confirm: string | null) {
  const undo = useAct('change_undo', { quiet: true });
  const [typed, setTyped] = useState('');
  return {
    typed,
    setTyped,
    ready: row.no_undo === null && !undo.isPending && (confirm === null || typed === confirm),
    run: () => undo.mutate({ id: row.id, typed: confirm === null ? null : typed }),
    error: undo.error,
  };
}
