// One field as both APIs tell it: Sentinel left, Defender right, the sign between them, the reason under both.
import type { ReactNode } from 'react';
import css from './DiffRow.module.css';
import { visible } from '../lib/visible';
import { cutText } from './evidence-lines';
import { Icon, type IconName } from './icons';
import { SourceBadge } from './SourceBadge';

/** `documented` differs as Microsoft says it will; `one_sided` = only one API has it. */
export type Relation = 'same' | 'documented' | 'differs' | 'one_sided';

const SIGNS: Record<Relation, { icon: IconName; words: string }> = {
  same: { icon: 'equal', words: 'Same' },
  documented: { icon: 'approx', words: 'Differs, as documented' },
  differs: { icon: 'notEqual', words: 'Differs' },
  one_sided: { icon: 'minus', words: 'On one side only' },
};

export interface DiffRowProps {
  field: string;
  /** Null = this side has no value. */
  sentinel: string | null;
  graph: string | null;
  relation: Relation;
  reason?: string | null;
}

export function DiffRow({ field, sentinel, graph, relation, reason }: DiffRowProps) {
  const { icon, words } = SIGNS[relation];
  return (
    <div className={`${css['row']} ${css[relation] ?? ''}`} role="row">
      <span className={css['field']} role="rowheader">
        {field}
      </span>
      <Value text={sentinel} />
      <span className={css['sign']} role="cell" title={words}>
        <Icon name={icon} size={14} />
        <span className="cw-sr">{words}</span>
      </span>
      <Value text={graph} />
      {reason ? (
        <span className={css['why']} role="cell">
          {reason}
        </span>
      ) : null}
    </div>
  );
}

function Value({ text }: { text: string | null }) {
  if (text === null || text === '')
    return (
      <code className={`${css['value']} ${css['absent']}`} role="cell">
        {text === null ? 'absent' : 'empty'}
      </code>
    );
  return (
    <code className={css['value']} role="cell" title={cutText(visible(text), 2000)}>
      {cutText(visible(text), 400)}
    </code>
  );
}

/** The lanes' heads: who said it and when it was read. */
export function DiffHead({ sentinel, graph }: { sentinel: ReactNode; graph: ReactNode }) {
  return (
    <div className={css['head']} role="row">
      <span role="columnheader">
        <span className="cw-sr">Field</span>
      </span>
      <span className={css['lane']} role="columnheader">
        <SourceBadge lane="s" /> Sentinel {sentinel}
      </span>
      <span role="columnheader">
        <span className="cw-sr">Compared</span>
      </span>
      <span className={css['lane']} role="columnheader">
        <SourceBadge lane="d" /> Defender {graph}
      </span>
    </div>
  );
}

export function DiffLegend({ relations }: { relations: readonly Relation[] }) {
  const count = (relation: Relation) => relations.filter((one) => one === relation).length;
  const differs = count('differs');
  return (
    <div className={css['legend']}>
      <span>
        <Icon name="equal" size={14} /> {count('same')} same
      </span>
      <span className={css['link']}>
        <Icon name="approx" size={14} /> {count('documented')} {count('documented') === 1 ? 'differs' : 'differ'} as documented
      </span>
      <span className={css['warn']}>
        <Icon name="notEqual" size={14} /> {differs} {differs === 1 ? 'differs' : 'differ'}
      </span>
      {count('one_sided') > 0 ? (
        <span>
          <Icon name="minus" size={14} /> {count('one_sided')} on one side only
        </span>
      ) : null}
    </div>
  );
}
