// What a merge does, drawn once: an example, not data. The sentences beside it say the same.
import css from './start.module.css';

interface Box {
  name: string;
  severity: 'high' | 'medium' | 'low';
  y: number;
  /** Where it is drawn to; nothing = it stays alone. */
  to?: number;
  gone?: boolean;
}

const SOURCES: readonly Box[] = [
  { name: 'DCSync from a server', severity: 'high', y: 24, to: 24 },
  { name: 'Multi-stage incident', severity: 'high', y: 80, to: 136 },
  { name: 'Unfamiliar sign-in', severity: 'medium', y: 124, to: 136, gone: true },
  { name: 'Suspicious inbox rule', severity: 'medium', y: 168, to: 136, gone: true },
  { name: 'Impossible travel', severity: 'medium', y: 212, to: 136, gone: true },
  { name: 'Made by a playbook', severity: 'low', y: 268 },
];
const TARGETS: readonly (Box & { note?: string })[] = [
  { name: 'DCSync from a server', severity: 'high', y: 24 },
  { name: 'Multi-stage incident', severity: 'high', y: 136, note: '3 merged in' },
];
const W = 200;
const H = 36;
const RIGHT = 360;
const SHAPES = { high: 'M6 1 11.5 10.8H.5z', medium: 'M6 .5 11.5 6 6 11.5.5 6z', low: 'M6 1.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4z' };

export function MergeDrawing() {
  return (
    <svg className={css['drawing']} viewBox="0 0 562 312" role="img" aria-label="An example: of six Sentinel incidents, three are merged into the fourth; Defender shows two, and the one that a playbook made is not shown there at all">
      {SOURCES.filter((box) => box.to !== undefined).map((box) => (
        <path key={box.name} d={`M${W} ${box.y + H / 2} C${W + 80} ${box.y + H / 2} ${RIGHT - 80} ${(box.to ?? 0) + H / 2} ${RIGHT} ${(box.to ?? 0) + H / 2}`} className={box.gone ? css['moved'] : css['same']} />
      ))}
      <path d={`M${W} 286 H${W + 64}`} className={css['stays']} />
      <text x={W + 72} y={286} dominantBaseline="central" className={css['aside']}>
        stays in Sentinel, by design
      </text>
      {SOURCES.map((box) => (
        <BoxMark key={box.name} box={box} x={0.5} />
      ))}
      {TARGETS.map((box) => (
        <BoxMark key={box.name} box={box} x={RIGHT} note={box.note} />
      ))}
      <text x="0" y="10" className={css['lane']}>Sentinel</text>
      <text x={RIGHT} y="10" className={css['lane']}>Defender</text>
    </svg>
  );
}

function BoxMark({ box, x, note }: { box: Box; x: number; note?: string | undefined }) {
  return (
    <g transform={`translate(${x} ${box.y})`} className={box.gone ? css['gone'] : undefined}>
      <rect width={W} height={H} rx="6" className={note ? css['boxOn'] : css['box']} />
      <path d={SHAPES[box.severity]} transform="translate(12 12)" className={css[box.severity]} />
      <text x="34" y={note ? 13 : H / 2} dominantBaseline="central" className={css['name']}>
        {box.name}
      </text>
      {note ? (
        <text x="34" y="26" dominantBaseline="central" className={css['small']}>
          {note}
        </text>
      ) : null}
    </g>
  );
}
