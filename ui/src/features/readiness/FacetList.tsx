// The facets: verdict, severity, area, each with the count its tick would show. Beside the list; folded into a button where it is narrow.
import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { CheckRow } from '../../contract/rpc.gen';
import { Icon } from '../../design/icons';
import { SeverityMark } from '../../design/SeverityMark';
import { VERDICTS, VerdictPill } from '../../design/VerdictPill';
import { areasOf, countsOf, SEVERITIES, SEVERITY_NAMES, toggled, type CheckFilter } from './facets';
import css from './readiness.module.css';

export interface FacetsProps {
  checks: readonly CheckRow[];
  filter: CheckFilter;
  onFilter: (filter: CheckFilter) => void;
}

export function Facets(props: FacetsProps) {
  return (
    <div className={css['facets']} role="group" aria-label="Filters">
      <FacetLists {...props} />
    </div>
  );
}

/** The same facets behind a button. */
export function FacetsButton(props: FacetsProps) {
  const { severities, areas } = props.filter;
  const inForce = severities.length + areas.length;
  return (
    <Popover trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" className={css['facetsButton'] ?? ''} icon={<Icon name="columns" size={14} />}>
          {inForce === 0 ? 'Filters' : `Filters, ${inForce} on`}
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label="Filters" className={css['facetsPopover'] ?? ''}>
        <FacetLists {...props} />
      </PopoverSurface>
    </Popover>
  );
}

function FacetLists({ checks, filter, onFilter }: FacetsProps) {
  const counts = countsOf(checks, filter);
  return (
    <>
      <Facet title="Verdict">
        {VERDICTS.map((verdict) => (
          <Tick key={verdict} count={counts.verdict[verdict]} ticked={filter.verdicts.includes(verdict)} onTick={() => onFilter({ ...filter, verdicts: toggled(filter.verdicts, verdict) })}>
            <VerdictPill verdict={verdict} as="row" />
          </Tick>
        ))}
      </Facet>
      <Facet title="Severity" note={filter.severities.length === 0 ? 'all' : undefined}>
        {SEVERITIES.map((severity) => (
          <Tick key={severity} count={counts.severity[severity]} ticked={filter.severities.includes(severity)} onTick={() => onFilter({ ...filter, severities: toggled(filter.severities, severity) })}>
            <SeverityMark severity={SEVERITY_NAMES[severity]} />
          </Tick>
        ))}
      </Facet>
      <Facet title="Area" note={filter.areas.length === 0 ? 'all' : undefined}>
        {areasOf(checks).map((area) => (
          <Tick key={area} count={counts.area[area] ?? 0} ticked={filter.areas.includes(area)} onTick={() => onFilter({ ...filter, areas: toggled(filter.areas, area) })}>
            {area}
          </Tick>
        ))}
      </Facet>
    </>
  );
}

function Facet({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  return (
    <fieldset className={css['facet']}>
      <legend>
        {title} {note ? <span className="cw-fg3">{note}</span> : null}
      </legend>
      {children}
    </fieldset>
  );
}

function Tick({ count, ticked, onTick, children }: { count: number; ticked: boolean; onTick: () => void; children: ReactNode }) {
  return (
    <label className={css['tick']}>
      <input type="checkbox" checked={ticked} onChange={onTick} />
      {children}
      <span className="cw-end cw-fg3">{count.toLocaleString('en')}</span>
    </label>
  );
}
