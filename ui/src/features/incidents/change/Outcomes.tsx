// What became of changes: of the last batch after it was applied, or of one incident over time, with the way back.
import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { ALL_CHANGES, useUndo } from '../../../contract/changes';
import { useRpc } from '../../../contract/rpc';
import type { ChangeRow, IncidentRow } from '../../../contract/rpc.gen';
import { ChangedFields, OUTCOMES, ThreeColumns } from '../../../design/ChangeParts';
import { Icon } from '../../../design/icons';
import { Notice } from '../../../design/Notice';
import { Words } from '../../../design/Prose';
import { ErrorState, Loading } from '../../../design/states';
import { Time } from '../../../design/Time';
import { visible } from '../../../lib/visible';
import css from './change.module.css';
import { ChangeDialog } from './ChangeDialog';
import { ALL_PARTS } from './WishForm';

/** The batch that was applied last. */
export function Outcomes({ limit }: { limit: number }) {
  const { data } = useRpc('change_list', { ...ALL_CHANGES, offset: 0, limit: Math.max(1, limit) });
  if (data === undefined) return <Loading label="outcomes" rows={2} />;
  const rows = data.rows.filter((row) => row.batch === data.rows[0]?.batch);
  const count = (outcome: ChangeRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const told = (Object.keys(OUTCOMES) as ChangeRow['outcome'][]).filter((outcome) => count(outcome) > 0).map((outcome) => `${count(outcome)} ${OUTCOMES[outcome].word.toLowerCase()}`);
  const toShow = [...rows].sort((a, b) => Number(a.outcome === 'done') - Number(b.outcome === 'done')).slice(0, 25);
  return (
    <>
      <p role="status" className="cw-prose">{`Of ${rows.length}: ${told.join(', ')}.`}</p>
      {toShow.map((row) => (
        <Outcome key={row.id} row={row} titled />
      ))}
    </>
  );
}

function Outcome({ row, titled = false }: { row: ChangeRow; titled?: boolean }) {
  const { word, tone } = OUTCOMES[row.outcome];
  return (
    <section className={css['plan']} aria-label={`Change ${row.id}`}>
      {titled ? <h3>{visible(row.title)}</h3> : null}
      <Notice tone={tone} title={`${word}.`}>
        <Words text={row.said} />
      </Notice>
      {row.clashes.length > 0 ? <ThreeColumns clashes={row.clashes} /> : null}
      {row.comment !== null && row.outcome !== 'done' ? (
        <p className={css['typed']}>
          <strong>Your comment, kept:</strong> {visible(row.comment)}
        </p>
      ) : null}
    </section>
  );
}

/** The panel's tab: change this incident, and what was changed from here. */
export function ChangesTab({ row }: { row: IncidentRow }) {
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useRpc('change_list', { ...ALL_CHANGES, key: row.key, offset: 0, limit: 50 });
  const why = row.can.why_not;
  return (
    <div className={css['list']}>
      <div className={css['row']}>
        <Button appearance="primary" icon={<Icon name="swap" size={16} />} disabled={why !== null} onClick={() => setOpen(true)}>
          Change this incident
        </Button>
        {row.can.change === null ? null : <span className="cw-caption cw-fg2">{row.can.change === 'graph' ? 'Written through Defender.' : 'Written through Sentinel.'}</span>}
      </div>
      {why === null ? null : (
        <Notice tone="warn" icon="lock">
          {why}
        </Notice>
      )}
      {error ? <ErrorState fault={error} onRetry={() => void refetch()} /> : null}
      {data?.rows.length === 0 ? <p className="cw-caption cw-fg2">Nothing was changed from here yet.</p> : null}
      {data?.rows.map((one) => (
        <Kept key={one.id} row={one} confirm={data.confirm} />
      ))}
      {open ? <ChangeDialog title="Change this incident" keys={[row.key]} parts={ALL_PARTS} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function Kept({ row, confirm }: { row: ChangeRow; confirm: string | null }) {
  const undo = useUndo(row, confirm);
  return (
    <article className={css['card']} aria-label={`Change ${row.id} of this incident`}>
      <header>
        <strong>{OUTCOMES[row.outcome].word}</strong>
        <Time at={row.at} form="full" />
        {row.undoes === null ? null : <span className="cw-fg2">takes back {row.undoes}</span>}
        <span className="cw-end" />
        {row.no_undo === null ? (
          <Button size="small" icon={<Icon name="undo" size={14} />} disabled={!undo.ready} onClick={undo.run}>
            Undo
          </Button>
        ) : null}
      </header>
      <ChangedFields fields={row.fields} comment={row.comment} />
      <p className={css['guard']}>
        <Words text={`${row.said} ${row.no_undo ?? ''}`} />
      </p>
      {row.no_undo === null && confirm !== null ? (
        <Field className={css['guard'] ?? ''} label={`Type ${visible(confirm)} to undo`}>
          <Input size="small" value={undo.typed} autoComplete="off" onChange={(_, { value }) => undo.setTyped(value)} />
        </Field>
      ) : null}
      {row.clashes.length > 0 ? <ThreeColumns clashes={row.clashes} /> : null}
      {undo.error ? (
        <Notice tone="danger" role="alert">
          {undo.error.message}
        </Notice>
      ) : null}
    </article>
  );
}
