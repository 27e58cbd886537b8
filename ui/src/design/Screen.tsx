// The parts every screen is laid out with: header, toolbar, body, sections, facts, cards.
import type { ReactNode } from 'react';
import css from './Screen.module.css';

/** Title, one line of meta, tools at the end; at most one of them primary. */
export function ScreenHead({ title, meta, tools, children }: { title: string; meta?: ReactNode; tools?: ReactNode; children?: ReactNode }) {
  return (
    <header className={css['head']} data-region="toolbar" tabIndex={-1}>
      <h1>{title}</h1>
      {children}
      <span className={css['meta']}>{meta}</span>
      <div className={css['tools']}>{tools}</div>
    </header>
  );
}

export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css['bar']} role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** The rest of the sheet: list, and a panel beside it. */
export function ScreenBody({ children }: { children: ReactNode }) {
  return <div className={css['body']}>{children}</div>;
}

/** The list's region for F6. */
export function ListRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={`cw-grow ${css['column']}`} aria-label={label} data-region="list" tabIndex={-1}>
      {children}
    </section>
  );
}

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={css['section']}>
      <h3>
        {title}
        {note ? <span className="cw-caption cw-fg3">{note}</span> : null}
      </h3>
      {children}
    </section>
  );
}

/** Names and values; a null value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css['facts']}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <FactPair key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function FactPair({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** A bordered group on a page of groups; never inside another. */
export function Card({ title, note, tools, children }: { title: string; note?: ReactNode; tools?: ReactNode; children: ReactNode }) {
  return (
    <section className={css['card']} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className={css['meta']}>{note}</span>
        {tools}
      </header>
      {children}
    </section>
  );
}

export interface StripBar {
  /** Start, in the label's own words: `09:20`. */
  at: string;
  count: number;
  marked: number;
}

/** Bars over time with a table twin for screen readers: all in slate, the marked share in red. */
export function TimeStrip({ label, bars, markedWords }: { label: string; bars: readonly StripBar[]; markedWords: string }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const width = 640 / Math.max(1, bars.length);
  const height = (count: number) => (count === 0 ? 0 : Math.max(3, (count / most) * 26));
  const every = Math.max(1, Math.round(bars.length / 8));
  return (
    <div className={css['strip']}>
      <svg viewBox="0 0 640 50" preserveAspectRatio="none" aria-hidden="true">
        {bars.map((bar, at) => (
          <g key={at}>
            <rect x={at * width + 1} width={width * 0.75} y={bar.count ? 34 - height(bar.count) : 33} height={bar.count ? height(bar.count) : 1} rx="1" fill={bar.count ? 'var(--cw-viz-rest)' : 'var(--cw-viz-rest-soft)'} />
            {bar.marked ? <rect x={at * width + 1} width={width * 0.75} y={34 - height(bar.marked)} height={height(bar.marked)} rx="1" fill="var(--cw-sev-high-fg)" /> : null}
          </g>
        ))}
        <path d="M0 34.5H640" stroke="var(--cw-stroke-1)" />
      </svg>
      <div aria-hidden="true" style={{ position: 'relative', marginTop: -15, height: 14, font: 'var(--cw-type-caption2)', color: 'var(--cw-viz-axis)' }}>
        {bars.map((bar, at) => (at % every === 0 ? <span key={at} style={{ position: 'absolute', insetInlineStart: `${(at / bars.length) * 100}%` }}>{bar.at}</span> : null))}
      </div>
      <table className="cw-sr">
        <caption>{label}</caption>
        <tbody>
          {bars
            .filter((bar) => bar.count > 0)
            .map((bar, at) => (
              <tr key={at}>
                <th scope="row">{bar.at}</th>
                <td>{`${bar.count}, ${bar.marked} ${markedWords}`}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
