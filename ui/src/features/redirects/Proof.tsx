// The proof of one source's end: what the evidence adds up to, the ids as followed, and each answer with the lines that carry it.
import { Button } from '@fluentui/react-components';
import { useRpc } from '../../contract/rpc';
import type { KnownBy, RedirectProof } from '../../contract/rpc.gen';
import { EvidenceBlock, useCopy } from '../../design/EvidenceBlock';
import { Icon } from '../../design/icons';
import { IconButton } from '../../design/Panel';
import { Prose } from '../../design/Prose';
import { SourceBadge } from '../../design/SourceBadge';
import { ErrorState, Loading } from '../../design/states';
import { Time } from '../../design/Time';
import { visible } from '../../lib/visible';
import css from './redirects.module.css';
import { nameOf } from './tree';

export interface ProofProps {
  id: string;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  /** Shows the source in the queue. */
  onIncident: (key: string) => void;
  /** Shows the incident that holds the alerts now, by its Graph id. */
  onTarget: (graphId: string) => void;
}

export function Proof(props: ProofProps) {
  const { data, error, refetch } = useRpc('redirect_get', { key: props.id }, { keep: true });
  return (
    <section className={css['proof']} aria-label="Proof">
      {error ? (
        <>
          <div className="cw-row cw-end">
            <IconButton icon="close" label="Close" hint="Esc" onClick={props.onClose} />
          </div>
          <ErrorState fault={error} onRetry={() => void refetch()} />
        </>
      ) : data ? (
        <Body proof={data} {...props} />
      ) : (
        <Loading label="proof" rows={6} />
      )}
    </section>
  );
}

function Body({ proof, onClose, onPrevious, onNext, onIncident, onTarget }: { proof: RedirectProof } & ProofProps) {
  const { row } = proof;
  const [copied, copy] = useCopy();
  const end = row.target?.graph_id;
  return (
    <>
      <div className={css['proofHead']}>
        <div className="cw-row">
          <h2 className={css['way']}>
            <Way ids={proof.path} row={row} />
          </h2>
          <span className="cw-end" />
          {onPrevious ? <IconButton icon="chevronUp" label="Previous" hint="k" onClick={onPrevious} /> : null}
          {onNext ? <IconButton icon="chevronDown" label="Next" hint="j" onClick={onNext} /> : null}
          <IconButton icon="close" label="Close" hint="Esc" onClick={onClose} />
        </div>
        <Standing known={row.known_by} resolved={row.target !== null} />
        <Prose text={row.reason === null ? proof.statement : `${proof.statement}\n\n${row.reason}`} />
        <div className="cw-row" style={{ flexWrap: 'wrap' }}>
          <Button size="small" icon={<Icon name={copied ? 'check' : 'copy'} size={14} />} onClick={() => copy(textOf(proof))}>
            {copied ? 'Copied' : 'Copy proof'}
          </Button>
          <Button size="small" icon={<Icon name="incident" size={14} />} onClick={() => onIncident(row.key)}>
            Source in the queue
          </Button>
          {end === undefined ? null : (
            <Button size="small" icon={<Icon name="redirect" size={14} />} onClick={() => onTarget(end)}>
              Target in the queue
            </Button>
          )}
        </div>
      </div>
      <div className={`cw-scroll ${css['evidence']}`} tabIndex={0} role="group" aria-label="Evidence">
        {proof.evidence.length === 0 ? <p className="cw-prose">No answer of either API is stored for this source.</p> : null}
        {proof.evidence.map((one, at) => (
          <EvidenceBlock key={at} label={`${sourceName(one.source)} evidence ${at + 1}`} mark={<Mark source={one.source} />} request={one.request} when={one.read_at ? <Time at={one.read_at} form="full" /> : null} path={one.path ?? undefined} lines={one.lines} />
        ))}
      </div>
    </>
  );
}

/** The ids as followed; the middle of a long way is counted. */
function Way({ ids, row }: { ids: readonly string[]; row: RedirectProof['row'] }) {
  const all = ids.length > 0 ? ids : [nameOf(row)];
  const shown = all.length > 6 ? [...all.slice(0, 3), `${all.length - 5} more`, ...all.slice(-2)] : all;
  return (
    <>
      {shown.map((id, at) => (
        <span key={at} className="cw-row" style={{ gap: 6 }}>
          {at > 0 ? <Icon name="arrowRight" size={14} /> : null}
          {at > 0 ? <span className="cw-sr">, then </span> : null}
          <bdi>{visible(id)}</bdi>
        </span>
      ))}
    </>
  );
}

const STANDING: Record<KnownBy, string> = {
  both: 'Two sources agree',
  graph: 'Defender alone tells',
  arm: 'Sentinel alone tells',
  disagree: 'The two sources disagree',
  earlier: 'Known from an earlier reading',
};

function Standing({ known, resolved }: { known: KnownBy; resolved: boolean }) {
  const tone = !resolved || known === 'disagree' ? 'warn' : known === 'both' ? 'ok' : 'plain';
  return (
    <span className={`${css['standing']} ${css[tone]}`}>
      <Icon name={tone === 'warn' ? 'warn' : tone === 'ok' ? 'check' : 'info'} size={14} />
      {resolved ? STANDING[known] : 'Unresolved'}
    </span>
  );
}

function Mark({ source }: { source: string }) {
  if (source === 'graph') return <SourceBadge lane="d" />;
  return source === 'sentinel' ? <SourceBadge lane="s" /> : <Icon name={source === 'logs' ? 'clock' : 'file'} size={14} />;
}

function sourceName(source: string): string {
  return { graph: 'Defender', sentinel: 'Sentinel', logs: 'Log Analytics' }[source] ?? source;
}

function textOf({ path, statement, evidence, row }: RedirectProof): string {
  const blocks = evidence.map((one) => [`${sourceName(one.source)}: ${one.request}`, one.read_at ? `read ${one.read_at}` : '', ...one.lines.map((line) => `${line.hit ? '>' : ' '} ${line.number} ${line.text}`)].filter(Boolean).join('\n'));
  return [path.join(' -> '), statement, row.reason ?? '', ...blocks].filter(Boolean).join('\n\n');
}
