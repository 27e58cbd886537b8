// One change: how it ended, each member old and new, a conflict in three columns, and undo while what stands there is ours.
import { Button, Field, Input } from '@fluentui/react-components';
import { useUndo } from '../../contract/changes';
import type { Pages } from '../../contract/pages';
import type { ChangeRow } from '../../contract/rpc.gen';
import { ChangedFields, OutcomeMark, OUTCOMES, SentRequests, ThreeColumns } from '../../design/ChangeParts';
import { Icon } from '../../design/icons';
import { Notice } from '../../design/Notice';
import { Panel } from '../../design/Panel';
import { Words } from '../../design/Prose';
import { Facts, Section } from '../../design/Screen';
import { Time } from '../../design/Time';
import type { ScreenProps } from '../../lib/place';
import { visible } from '../../lib/visible';

interface ChangePanelProps extends Pick<ScreenProps, 'setParams' | 'go'> {
  pages: Pages<'change_list'>;
  /** What has to be typed before one is taken back. */
  confirm: string | null;
  open: string;
}

export function ChangePanel({ pages, confirm, open, setParams, go }: ChangePanelProps) {
  const at = pages.indexOf((row) => String(row.id) === open);
  const row = at < 0 ? undefined : pages.getRow(at);
  const step = (to: number) => (at < 0 || to < 0 || to >= pages.count ? undefined : () => void pages.rowAt(to).then((next) => (next ? setParams({ id: String(next.id) }, 'replace') : undefined)));
  const close = () => {
    setParams({ id: undefined });
    document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')?.focus();
  };
  return (
    <Panel
      label="Change"
      screen="changes"
      width={440}
      marks={row ? <OutcomeMark outcome={row.outcome} /> : null}
      title={row?.title ?? 'Not among the rows shown'}
      onPrevious={step(at - 1)}
      onNext={step(at + 1)}
      onClose={close}
      foot={row ? <Undo key={row.id} row={row} confirm={confirm} /> : null}
    >
      {row ? (
        <Body row={row} go={go} />
      ) : (
        <p className="cw-prose">
          This change is not in the list as it is filtered now.{' '}
          <Button size="small" onClick={() => setParams({ q: undefined, outcome: undefined, id: undefined })}>
            Show all changes
          </Button>
        </p>
      )}
    </Panel>
  );
}

function Body({ row, go }: { row: ChangeRow; go: ScreenProps['go'] }) {
  const { word, tone } = OUTCOMES[row.outcome];
  const wanted = row.fields.length > 0 || row.comment !== null;
  return (
    <>
      <div style={{ paddingTop: 12 }}>
        <Notice tone={tone} title={`${word}.`} actions={row.outcome === 'unknown' ? <Incident row={row} go={go} words="Check the incident" /> : undefined}>
          <Words text={row.said} />
        </Notice>
      </div>
      <Section title={row.outcome === 'done' ? 'What was written' : 'What was to be written'} note={lane(row)}>
        <SentRequests sent={row.sent} />
        {wanted ? <ChangedFields fields={row.fields} comment={row.comment} /> : null}
      </Section>
      {row.clashes.length > 0 ? (
        <Section title="Who changed what meanwhile">
          <ThreeColumns clashes={row.clashes} />
        </Section>
      ) : null}
      <Section
        title="Facts"
        note={
          <Incident row={row} go={go} words="Show the incident" />
        }
      >
        <Facts
          facts={[
            ['Number', row.id],
            ['By', <By key="by" row={row} />],
            ['When', <Time key="when" at={row.at} form="full" />],
            ['Batch', row.batch],
            ['Takes back', row.undoes ?? '–'],
            ['Incident', <bdi key="key">{visible(row.key)}</bdi>],
          ]}
        />
      </Section>
    </>
  );
}

function Incident({ row, go, words }: { row: ChangeRow; go: ScreenProps['go']; words: string }) {
  return (
    <Button size="small" onClick={() => go({ room: 'incidents', params: { id: row.key, tab: 'changes' } })}>
      {words}
    </Button>
  );
}

/** A person by sign-in name; an application by what its account was called, with its id. */
function By({ row: { by, by_name } }: { row: ChangeRow }) {
  if (by === null) return '–';
  if (by_name === null) return <bdi>{visible(by)}</bdi>;
  return (
    <>
      <bdi>{visible(by_name)}</bdi>, application <code className="cw-mono">{visible(by)}</code>
    </>
  );
}

function lane({ api }: ChangeRow): string {
  return api === null ? '' : api === 'graph' ? 'Through Defender (Microsoft Graph)' : 'Through Sentinel (Azure Resource Manager)';
}

/** The way back, or why there is none. */
function Undo({ row, confirm }: { row: ChangeRow; confirm: string | null }) {
  const undo = useUndo(row, confirm);
  if (row.no_undo !== null)
    return (
      <p className="cw-prose">
        <Words text={row.no_undo} />
      </p>
    );
  return (
    <div className="cw-col" style={{ gap: 8, flex: 1, padding: '8px 0' }}>
      {confirm === null ? null : (
        <Field label={`Type ${visible(confirm)} to undo`}>
          <Input size="small" value={undo.typed} autoComplete="off" onChange={(_, { value }) => undo.setTyped(value)} />
        </Field>
      )}
      {undo.error ? (
        <Notice tone="danger" role="alert">
          {undo.error.message}
        </Notice>
      ) : null}
      <div className="cw-row">
        <Button icon={<Icon name="undo" size={16} />} disabled={!undo.ready} onClick={undo.run}>
          Undo
        </Button>
        <span className="cw-prose">Puts the old values back, as long as what stands there is still ours.</span>
      </div>
    </div>
  );
}
