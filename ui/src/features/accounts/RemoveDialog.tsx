// Confirms a removal: what is wiped, and the name typed by hand; then what was looked for and is gone.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useAct } from '../../contract/rpc';
import type { AccountRemoved, AccountRow } from '../../contract/rpc.gen';
import { Notice } from '../../design/Notice';
import { Words } from '../../design/Prose';
import { visible } from '../../lib/visible';
import { StoredPlaces } from './Account';
import { mayRemove } from './accounts';
import css from './accounts.module.css';

export function RemoveDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const remove = useAct('account_remove', { quiet: true });
  const [typed, setTyped] = useState('');
  const submit = () => {
    if (mayRemove(account.name, typed)) remove.mutate({ name: account.name, typed });
  };
  if (remove.data) return <Removed removed={remove.data} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            Remove and wipe <bdi>{visible(account.name)}</bdi>
          </DialogTitle>
          <DialogContent className={css['dialog'] ?? ''}>
            <p className="cw-prose">These are deleted from this PC. Nothing changes in Microsoft&apos;s cloud.</p>
            <ul className={css['wiped']}>
              {account.stored.map((one, at) => (
                <li key={at}>
                  <strong>{one.what}</strong> <bdi>{visible(one.place)}</bdi>
                </li>
              ))}
            </ul>
            <Field label={`Type ${visible(account.name)} to confirm`}>
              <Input value={typed} onChange={(_, { value }) => setTyped(value)} onKeyDown={(event) => (event.key === 'Enter' ? submit() : undefined)} autoComplete="off" spellCheck={false} />
            </Field>
            {remove.error ? (
              <Notice tone="danger" role="alert">
                <Words text={remove.error.message} />
              </Notice>
            ) : null}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Keep it</Button>
            <Button appearance="primary" disabled={!mayRemove(account.name, typed) || remove.isPending} onClick={submit}>
              Remove and wipe
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Removed({ removed, onClose }: { removed: AccountRemoved; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            <bdi>{visible(removed.name)}</bdi> is removed
          </DialogTitle>
          <DialogContent className={css['dialog'] ?? ''}>
            <p className="cw-prose" role="status">
              Each of these was looked for afterwards and is gone.
            </p>
            <StoredPlaces stored={removed.gone} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
