import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Arrange } from './columns';
import { DataGrid, fittingHeight, TitleCell, type Column } from './DataGrid';
import { TreeCell, TreeGrid } from './TreeGrid';

interface Row {
  key: string;
  title: string;
}
const columns: Column<Row>[] = [
  { key: 'title', header: 'Title', width: '1fr', sortKey: 'title', cell: (row) => <TitleCell>{row.title}</TitleCell> },
  { key: 'key', header: 'Key', width: '80px', cell: (row) => row.key },
];
const rowAt = (index: number): Row => ({ key: `k${index}`, title: `Incident ${index}` });

function Grid(props: { count?: number; getRow?: (index: number) => Row | undefined; onOpen?: (row: Row) => void; onSelection?: (keys: ReadonlySet<string>) => void; onRange?: (first: number, last: number) => void; onSelectRange?: (first: number, last: number) => void; onSelectAll?: () => void; onSort?: (key: string) => void; arrange?: Arrange }) {
  const [position, setPosition] = useState(0);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  return (
    <DataGrid<Row>
      label="Incidents"
      columns={columns}
      count={props.count ?? 200_000}
      getRow={props.getRow ?? rowAt}
      keyOf={(row) => row.key}
      onRangeNeeded={props.onRange ?? (() => {})}
      rowHeight={32}
      position={position}
      onPosition={setPosition}
      onOpen={props.onOpen ?? (() => {})}
      sort={{ key: 'title', descending: true }}
      onSort={props.onSort ?? (() => {})}
      {...(props.arrange ? { arrange: props.arrange } : {})}
      selection={selection}
      onSelectRange={props.onSelectRange ?? (() => {})}
      onSelectAll={props.onSelectAll ?? (() => {})}
      onSelection={(keys) => {
        setSelection(keys);
        props.onSelection?.(keys);
      }}
    />
  );
}

const focusFirst = () => screen.getAllByRole('row').find((row) => row.tabIndex === 0)?.focus();
const focusedIndex = () => document.activeElement?.getAttribute('aria-rowindex');

test('200,000 rows are counted for all, drawn and asked for by window', () => {
  const getRow = vi.fn(rowAt);
  const onRange = vi.fn();
  render(<Grid getRow={getRow} onRange={onRange} />);
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('200001');
  expect(screen.getAllByRole('row').length).toBeLessThan(80);
  expect(Math.max(...getRow.mock.calls.map(([index]) => index))).toBeLessThan(80);
  expect(onRange).toHaveBeenCalledWith(0, expect.any(Number));
});

test('the grid is one tab stop with roving focus', async () => {
  render(<Grid />);
  focusFirst();
  expect(focusedIndex()).toBe('2');
  await userEvent.keyboard('jj{ArrowDown}k');
  expect(focusedIndex()).toBe('4');
  expect(screen.getAllByRole('row').filter((row) => row.tabIndex === 0)).toHaveLength(1);
});

test('the focused row stays mounted when the window is elsewhere', async () => {
  render(<Grid />);
  focusFirst();
  await userEvent.keyboard('{End}');
  expect(focusedIndex()).toBe('200001');
  const body = document.querySelector('[data-grid-body]') as HTMLElement;
  fireEvent.scroll(body, { target: { scrollTop: 0 } });
  expect(document.querySelector('[aria-rowindex="200001"]')).not.toBeNull();
});

test('Enter opens the focused row', async () => {
  const onOpen = vi.fn();
  render(<Grid onOpen={onOpen} />);
  focusFirst();
  await userEvent.keyboard('j{Enter}');
  expect(onOpen).toHaveBeenCalledWith(rowAt(1), 1);
});

test('Shift+click stretches from the focused row; what is not loaded is left to the owner', async () => {
  const [onSelection, onSelectRange] = [vi.fn(), vi.fn()];
  const { unmount } = render(<Grid onSelection={onSelection} onSelectRange={onSelectRange} />);
  const user = userEvent.setup();
  await user.click(screen.getByRole('checkbox', { name: 'Select row 2' }));
  await user.keyboard('{Shift>}');
  await user.click(screen.getByRole('checkbox', { name: 'Select row 5' }));
  expect([...(onSelection.mock.lastCall?.[0] as Set<string>)]).toEqual(['k1', 'k2', 'k3', 'k4']);
  unmount();
  render(<Grid getRow={(index) => (index === 3 ? undefined : rowAt(index))} onSelectRange={onSelectRange} />);
  await user.click(screen.getByRole('checkbox', { name: 'Select row 5' }));
  expect(onSelectRange).toHaveBeenCalledWith(0, 4);
});

test('Ctrl+A and the head tick all; the head then takes every tick away', async () => {
  const [onSelection, onSelectAll] = [vi.fn(), vi.fn()];
  render(<Grid onSelection={onSelection} onSelectAll={onSelectAll} />);
  focusFirst();
  await userEvent.keyboard('{Control>}a{/Control}');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  expect(onSelectAll).toHaveBeenCalledTimes(2);
  focusFirst();
  await userEvent.keyboard(' ');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  expect((onSelection.mock.lastCall?.[0] as Set<string>).size).toBe(0);
});

test('Space ticks and Shift+Down stretches', async () => {
  const onSelection = vi.fn();
  render(<Grid onSelection={onSelection} />);
  focusFirst();
  await userEvent.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect([...(onSelection.mock.lastCall?.[0] as Set<string>)]).toEqual(['k0', 'k1', 'k2']);
});

test('a row whose page is not here is busy and opens nothing', async () => {
  const onOpen = vi.fn();
  render(<Grid getRow={(index) => (index < 1 ? rowAt(index) : undefined)} onOpen={onOpen} />);
  focusFirst();
  await userEvent.keyboard('j{Enter}');
  expect(document.activeElement?.getAttribute('aria-busy')).toBe('true');
  expect(onOpen).not.toHaveBeenCalled();
});

test('a column tells its order and asks for a new one', async () => {
  const onSort = vi.fn();
  render(<Grid onSort={onSort} />);
  expect(screen.getByRole('columnheader', { name: 'Title' }).getAttribute('aria-sort')).toBe('descending');
  await userEvent.click(screen.getByRole('button', { name: 'Title' }));
  expect(onSort).toHaveBeenCalledWith('title');
});

test('at a column head keys make it wider and move it, and say so', async () => {
  const arrange = { width: vi.fn(), move: vi.fn() };
  render(<Grid arrange={arrange} />);
  screen.getByRole('button', { name: 'Title' }).focus();
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
  expect(arrange.width).toHaveBeenCalledWith('title', 36);
  expect(screen.getByRole('status').textContent).toBe('Title is 36 pixels wide.');
  await userEvent.keyboard('{Control>}{Shift>}{ArrowRight}{/Shift}{/Control}');
  expect(arrange.move).toHaveBeenCalledWith('title', 'key');
  expect(screen.getByRole('status').textContent).toBe('Title is column 2 of 2.');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Title' }));
  screen.getByRole('columnheader', { name: 'Key' }).focus();
  await userEvent.keyboard('{Control>}{Shift>}{ArrowRight}{/Shift}{/Control}');
  expect(arrange.move).toHaveBeenCalledOnce();
});

test('a header is dragged to another place with a mark where it would come, and a click still orders', () => {
  const { move, onSort } = { move: vi.fn(), onSort: vi.fn() };
  const { container } = render(<Grid arrange={{ move, width: () => {} }} onSort={onSort} />);
  HTMLElement.prototype.setPointerCapture = () => {};
  const heads = [...container.querySelectorAll<HTMLElement>('[data-column]')];
  heads.forEach((head, at) => {
    head.getBoundingClientRect = () => DOMRect.fromRect({ x: at * 100, y: 0, width: 100, height: 32 });
  });
  const [first, last] = [heads[0] as HTMLElement, heads.at(-1) as HTMLElement];
  const mark = () => container.querySelector('[data-column] > i')?.parentElement?.dataset['column'];
  const drag = (head: HTMLElement, from: number, to: number) => {
    fireEvent.pointerDown(head, { button: 0, clientX: from });
    fireEvent.pointerMove(head, { buttons: 1, clientX: from + 1 });
    fireEvent.pointerMove(head, { buttons: 1, clientX: to });
  };
  const drop = (head: HTMLElement) => {
    fireEvent.pointerUp(head);
    fireEvent.click(head.querySelector('button') ?? head);
  };
  drag(first, 50, heads.length * 100 - 10);
  expect(mark()).toBe(last.dataset['column']);
  drop(first);
  expect(move.mock.calls).toEqual([[first.dataset['column'], last.dataset['column']]]);
  expect(onSort).not.toHaveBeenCalled();
  drag(first, 50, heads.length * 100 - 10);
  fireEvent.keyDown(first, { key: 'Escape' });
  expect(mark()).toBeUndefined();
  drop(first);
  drag(first, 50, 120);
  expect(mark(), 'it would stay where it is').toBeUndefined();
  drop(first);
  expect([move.mock.calls.length, onSort.mock.calls.length]).toEqual([1, 0]);
  const orders = heads.find((head) => head.querySelector('button')) as HTMLElement;
  fireEvent.pointerDown(orders, { button: 0, clientX: 50 });
  drop(orders);
  expect(onSort).toHaveBeenCalledTimes(1);
});

test('an edge draws while it is dragged and tells its width once, when it is let go', () => {
  const arrange = { width: vi.fn(), move: vi.fn() };
  HTMLElement.prototype.setPointerCapture = () => {};
  render(<Grid arrange={arrange} />);
  const edge = screen.getByRole('columnheader', { name: 'Key' }).lastElementChild as HTMLElement;
  fireEvent.pointerDown(edge, { clientX: 100 });
  fireEvent.pointerMove(edge, { clientX: 220 });
  expect(screen.getByRole('grid').style.getPropertyValue('--cols')).toBe('16px 1fr minmax(36px, 120px)');
  expect(arrange.width).not.toHaveBeenCalled();
  fireEvent.pointerUp(edge, { clientX: 230 });
  expect(arrange.width).toHaveBeenCalledExactlyOnceWith('key', 130);
  fireEvent.doubleClick(edge);
  expect(arrange.width).toHaveBeenLastCalledWith('key', undefined);
});

test('a hostile title is text', () => {
  render(<Grid count={1} getRow={() => ({ key: 'x', title: '<img src=x onerror=alert(1)>\u202Egnp' })} />);
  expect(document.querySelector('img')).toBeNull();
  expect(screen.getByText('<img src=x onerror=alert(1)>[U+202E]gnp').tagName).toBe('BDI');
});

interface Node extends Row {
  level: number;
  parent?: string;
}

function Tree() {
  const all: Node[] = [
    { key: 'target', title: 'Target', level: 1 },
    { key: 'source', title: 'Source', level: 2, parent: 'target' },
  ];
  const [open, setOpen] = useState(true);
  const [position, setPosition] = useState(0);
  const treeOf = (row: Node) => ({ level: row.level, setSize: 1, position: 1, expanded: row.level === 1 ? open : undefined });
  return (
    <TreeGrid<Node>
      label="Chains"
      columns={[{ key: 'title', header: 'Incident', width: '1fr', cell: (row) => <TreeCell place={treeOf(row)} label={row.title}>{row.title}</TreeCell> }]}
      rows={open ? all : all.slice(0, 1)}
      keyOf={(row) => row.key}
      rowHeight={32}
      position={position}
      onPosition={setPosition}
      treeOf={treeOf}
      onToggle={() => setOpen(!open)}
    />
  );
}

test('a tree closes with left, opens with right, and left leads to the parent', async () => {
  render(<Tree />);
  const row = (name: string) => screen.queryByRole('row', { name: new RegExp(name, 'u') });
  expect(row('Source')?.getAttribute('aria-level')).toBe('2');
  focusFirst();
  await userEvent.keyboard('{ArrowLeft}');
  expect(row('Source')).toBeNull();
  await userEvent.keyboard('{ArrowRight}');
  expect(row('Source')).not.toBeNull();
  await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
  expect(document.activeElement).toBe(row('Target'));
});

test('a million comfortable rows fit into what a browser can draw', () => {
  expect(fittingHeight(40, 200_000)).toBe(40);
  expect(fittingHeight(40, 1_000_000) * 1_000_000).toBeLessThan(33_554_432);
  expect(fittingHeight(28, 5_000_000)).toBe(28);
});

test('Escape in the list takes one step back', async () => {
  const onEscape = vi.fn();
  render(<DataGrid<Row> label="L" columns={columns} count={3} getRow={rowAt} keyOf={(row) => row.key} rowHeight={32} position={0} onPosition={() => {}} onEscape={onEscape} />);
  focusFirst();
  await userEvent.keyboard('{Escape}');
  expect(onEscape).toHaveBeenCalledOnce();
});
