// The map: how many sources of each workspace went to which target. Drawn for the eye, told by its table for everyone else.
import { sankey, sankeyJustify, sankeyLinkHorizontal, type SankeyGraph, type SankeyLink, type SankeyNode } from 'd3-sankey';
import { visible } from '../../lib/visible';
import type { Flow, FlowLink, FlowNode } from './flow';
import css from './redirects.module.css';

const WIDTH = 480;
const HEIGHT = 232;
const LEFT = 132;
const RIGHT = 182;
const HATCH = 'cw-hatch-unresolved';

type Node = SankeyNode<FlowNode, FlowLink>;
type Link = SankeyLink<FlowNode, FlowLink>;

export function RedirectMap({ flow, selected }: { flow: Flow; selected: string | undefined }) {
  const { nodes, links } = layout(flow);
  const path = sankeyLinkHorizontal<FlowNode, FlowLink>();
  const bright = (key: string) => key === selected;
  return (
    <svg className={css['map']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${flow.links.reduce((all, { count }) => all + count, 0)} redirected incidents by workspace and target; the table shows the same numbers`}>
      <defs>
        <pattern id={HATCH} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2.5" height="5" fill="var(--cw-ver-norun-stroke)" />
        </pattern>
      </defs>
      {/* The shown target's ribbons lie on top. */}
      {links.toSorted((a, b) => Number(bright(keyOf(a.target))) - Number(bright(keyOf(b.target)))).map((link) => (
        <path key={`${keyOf(link.source)}>${keyOf(link.target)}`} d={path(link) ?? ''} fill="none" stroke={ribbon(link, bright(keyOf(link.target)))} strokeWidth={Math.max(1.5, link.width ?? 0)} strokeOpacity={bright(keyOf(link.target)) ? 0.9 : kindOf(link) === 'unresolved' ? 0.75 : 0.28}>
          <title>{`${link.value} from ${labelOf(link.source)} to ${labelOf(link.target)}`}</title>
        </path>
      ))}
      {nodes.map((node) => (
        <MapNode key={node.key} node={node} selected={bright(node.key)} />
      ))}
    </svg>
  );
}

function MapNode({ node, selected }: { node: Node; selected: boolean }) {
  const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
  const left = node.side === 'from';
  const words = visible(node.label);
  const fill = selected ? 'var(--cw-viz-main)' : node.kind === 'unresolved' ? 'var(--cw-ver-norun-stroke)' : 'var(--cw-viz-axis)';
  return (
    <g>
      <rect x={x0} y={y0} width={x1 - x0} height={Math.max(2, y1 - y0)} rx="2" fill={fill} />
      {/* A share of the letter's height: not every web view carries a baseline on to the bold part. */}
      <text x={left ? x0 - 8 : x1 + 8} y={(y0 + y1) / 2} dy="0.35em" textAnchor={left ? 'end' : 'start'} className={css['label']}>
        {left ? <>{cut(words, 16)} <tspan className={css['figure']}>{node.count.toLocaleString('en')}</tspan></> : <><tspan className={css['figure']}>{node.count.toLocaleString('en')}</tspan> {cut(words, 22)}</>}
        <title>{`${words}: ${node.count}`}</title>
      </text>
    </g>
  );
}

function layout(flow: Flow): SankeyGraph<FlowNode, FlowLink> {
  const draw = sankey<FlowNode, FlowLink>()
    .nodeId((node) => node.key)
    .nodeAlign(sankeyJustify)
    .nodeSort(null)
    .nodeWidth(8)
    .nodePadding(14)
    .extent([[LEFT, 10], [WIDTH - RIGHT, HEIGHT - 10]]);
  return draw({ nodes: flow.nodes.map((node) => ({ ...node })), links: flow.links.map(({ from, to, count }) => ({ from, to, count, source: from, target: to, value: count })) });
}

/** After the layout a link's ends are nodes; d3's types allow what they were before, too. */
function nodeOf(end: Link['source']): Node | undefined {
  return typeof end === 'object' ? end : undefined;
}
const keyOf = (end: Link['source']) => nodeOf(end)?.key ?? '';
const labelOf = (end: Link['source']) => visible(nodeOf(end)?.label ?? '');
const kindOf = (link: Link) => nodeOf(link.target)?.kind;

function ribbon(link: Link, selected: boolean): string {
  if (selected) return 'var(--cw-viz-main-soft)';
  return kindOf(link) === 'unresolved' ? `url(#${HATCH})` : 'var(--cw-viz-ribbon)';
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** The same numbers, to be read. */
export function FlowTable({ flow }: { flow: Flow }) {
  const label = (key: string) => visible(flow.nodes.find((node) => node.key === key)?.label ?? key);
  return (
    <div className={`cw-scroll ${css['tableBox']}`} tabIndex={0} role="region" aria-label="Where they went, as a table">
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" className="cw-num">
              Incidents
            </th>
          </tr>
        </thead>
        <tbody>
          {flow.links.toSorted((a, b) => b.count - a.count).map((link) => (
            <tr key={`${link.from}>${link.to}`}>
              <td>
                <bdi>{label(link.from)}</bdi>
              </td>
              <td>
                <bdi>{label(link.to)}</bdi>
              </td>
              <td className="cw-num">{link.count.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
