// Where a fact was read: S = Sentinel over ARM, D = Defender over Graph; dashed = the twin is missing, and why.
import css from './marks.module.css';

export type Lane = 's' | 'd';
export const LANE_NAMES: Record<Lane, string> = { s: 'Sentinel', d: 'Defender' };

export interface SourceBadgeProps {
  lane: Lane;
  /** Given when the other side has no twin: the sentence that says which kind of missing it is. */
  missing?: string | undefined;
}

export function SourceBadge({ lane, missing }: SourceBadgeProps) {
  const tone = missing === undefined ? (lane === 's' ? css['laneS'] : css['laneD']) : css['ghost'];
  const words = missing ?? LANE_NAMES[lane];
  return (
    <span className={`${css['badge']} ${tone}`} title={words}>
      <span aria-hidden="true">{lane.toUpperCase()}</span>
      <span className="cw-sr">{words}</span>
    </span>
  );
}

/** Badges side by side, Sentinel always left. */
export function SourceBadges({ lanes, missing }: { lanes: readonly Lane[]; missing?: { lane: Lane; why: string } | undefined }) {
  return (
    <span className={css['badges']}>
      {(['s', 'd'] as const).map((lane) => {
        if (lanes.includes(lane)) return <SourceBadge key={lane} lane={lane} />;
        if (missing?.lane === lane) return <SourceBadge key={lane} lane={lane} missing={missing.why} />;
        return null;
      })}
    </span>
  );
}
