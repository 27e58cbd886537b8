// The columns of a grid one below the other: shown or not, moved, made wider, and the way back. All of it by pointer
// without dragging, and by key: arrows walk the buttons.
import { Button, Checkbox, Popover, PopoverSurface, PopoverTrigger, useArrowNavigationGroup } from '@fluentui/react-components';
import { useState, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import css from './ColumnMenu.module.css';
import { clampWidth, COLUMN_STEP, placeWords, widthWords, type Arrange } from './columns';
import type { Column } from './DataGrid';
import { Icon, type IconName } from './icons';

type Listed = Pick<Column<never>, 'key' | 'header' | 'px'>;

export interface ColumnMenuProps {
  /** All of them, in their order. */
  columns: readonly Listed[];
  /** Those that are always shown. */
  fixed: readonly string[];
  hidden: readonly string[];
  setHidden: (hidden: string[]) => void;
  arrange: Arrange;
  reset: () => void;
}

export function ColumnMenu(props: ColumnMenuProps) {
  return (
    <Popover trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" className={css['button'] ?? ''} aria-label="Columns" icon={<Icon name="columns" size={14} />}>
          <span className="cw-hide-narrow">Columns</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={css['surface'] ?? ''} aria-label="Columns">
        <Columns {...props} />
      </PopoverSurface>
    </Popover>
  );
}

function Columns({ columns, fixed, hidden, setHidden, arrange, reset }: ColumnMenuProps) {
  const [said, setSaid] = useState('');
  const arrows = useArrowNavigationGroup({ axis: 'grid-linear', memorizeCurrent: true });
  const show = (key: string, shown: boolean) => setHidden(shown ? hidden.filter((one) => one !== key) : [...hidden, key]);
  const move = (event: MouseEvent<HTMLElement>, { key, header }: Listed, at: number) => {
    const [to, stop] = [columns[at], event.currentTarget];
    if (to === undefined) return;
    // A line that changes place loses the focus.
    flushSync(() => arrange.move(key, to.key));
    stop.focus();
    setSaid(placeWords(header, at + 1, columns.length));
  };
  const widen = ({ key, header, px }: Listed, by: number) => {
    const wide = clampWidth((px ?? drawnWidth(key)) + by);
    arrange.width(key, wide);
    setSaid(widthWords(header, wide));
  };
  return (
    <>
      <ul className={css['list']} {...arrows}>
        {columns.map((one, at) => (
          <li key={one.key}>
            <Checkbox label={one.header} checked={fixed.includes(one.key) || !hidden.includes(one.key)} disabled={fixed.includes(one.key)} onChange={(_, { checked }) => show(one.key, checked === true)} />
            <Step icon="arrowLeft" label={`Move ${one.header} left`} off={at === 0} onClick={(event) => move(event, one, at - 1)} />
            <Step icon="arrowRight" label={`Move ${one.header} right`} off={at === columns.length - 1} onClick={(event) => move(event, one, at + 1)} />
            <Step icon="minus" label={`Make ${one.header} narrower`} onClick={() => widen(one, -COLUMN_STEP)} />
            <Step icon="plus" label={`Make ${one.header} wider`} onClick={() => widen(one, COLUMN_STEP)} />
          </li>
        ))}
      </ul>
      <span role="status" className="cw-sr">
        {said}
      </span>
      <p className="cw-prose">{columns.filter(({ key }) => fixed.includes(key)).map(({ header }) => header).join(', ')} are always shown.</p>
      <div className={css['foot']}>
        <Button size="small" disabledFocusable={hidden.length === 0} onClick={() => setHidden([])}>
          Show all
        </Button>
        <Button size="small" onClick={reset}>
          Reset columns
        </Button>
      </div>
    </>
  );
}

function Step({ icon, label, off = false, onClick }: { icon: IconName; label: string; off?: boolean; onClick: (event: MouseEvent<HTMLElement>) => void }) {
  return <Button appearance="subtle" size="small" icon={<Icon name={icon} size={14} />} aria-label={label} title={label} disabledFocusable={off} onClick={onClick} />;
}

/** How wide the grid draws it now; a hidden one begins at a width of its own. */
function drawnWidth(key: string): number {
  return document.querySelector(`[role=columnheader][data-column="${CSS.escape(key)}"]`)?.getBoundingClientRect().width ?? 96;
}
