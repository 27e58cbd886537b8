// How an end is known: which API names it, whether both agree, or that only an earlier reading told.
import type { KnownBy as Known, UnresolvedReason } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { SourceBadges } from '../../design/SourceBadge';
import css from './redirects.module.css';

export const KNOWN: Record<Known, { word: string; words: string }> = {
  both: { word: 'Both', words: 'Both APIs, and they agree' },
  graph: { word: 'Defender', words: 'Defender names it' },
  arm: { word: 'Sentinel', words: 'Sentinel names it' },
  disagree: { word: 'Disagree', words: 'The APIs end at different incidents' },
  earlier: { word: 'Earlier', words: 'An earlier reading; no API tells it any more' },
};

/** Few words for a row; the sentence with the ids stands in the proof. */
export const REASONS: Record<UnresolvedReason, string> = {
  cycle: 'Comes back to itself',
  target_not_visible: 'Target not visible',
  other_workspace: 'Target in another workspace',
  chain_too_long: 'Followed on at the next sync',
  target_not_read: 'not read yet',
};

export function KnownBy({ known }: { known: Known }) {
  const { words } = KNOWN[known];
  return (
    <span className={css['known']} title={words}>
      <span aria-hidden="true" className={css['known']}>
        <Marks known={known} />
      </span>
      <span className="cw-sr">{words}</span>
    </span>
  );
}

function Marks({ known }: { known: Known }) {
  if (known === 'earlier')
    return (
      <span className={css['earlier']}>
        <Icon name="clock" size={14} /> earlier
      </span>
    );
  if (known === 'disagree')
    return (
      <>
        <SourceBadges lanes={['s']} />
        <span className={css['disagree']}>
          <Icon name="notEqual" size={14} />
        </span>
        <SourceBadges lanes={['d']} />
      </>
    );
  return <SourceBadges lanes={known === 'both' ? ['s', 'd'] : known === 'graph' ? ['d'] : ['s']} />;
}
