import { afterEach, expect, test, vi } from 'vitest';
import { actionFor, cycleRegion, type AppKeys } from './keys';

function keys(more: Partial<AppKeys> = {}): AppKeys {
  return { letters: true, openPalette: vi.fn(), openKeySheet: vi.fn(), go: vi.fn(), refresh: vi.fn(), ...more };
}
const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key, ...init });
  Object.defineProperty(event, 'target', { value: target });
  return event;
};
afterEach(() => document.body.replaceChildren());

test('Ctrl+K and its alias open the palette', () => {
  const app = keys();
  expect(actionFor(press('k', { ctrlKey: true }), app, false)).toBe(app.openPalette);
  expect(actionFor(press('P', { ctrlKey: true, shiftKey: true }), app, false)).toBe(app.openPalette);
});

test('letters belong to the text that is being typed', () => {
  const app = keys();
  const input = document.createElement('input');
  expect(actionFor(press('?', {}, input), app, false)).toBeUndefined();
  expect(actionFor(press('?'), app, false)).toBe(app.openKeySheet);
});

test('letters can be turned off, Ctrl keys cannot', () => {
  const app = keys({ letters: false });
  expect(actionFor(press('/'), app, false)).toBeUndefined();
  expect(actionFor(press('r', { ctrlKey: true }), app, false)).toBe(app.refresh);
});

test('g then a letter goes to a room', () => {
  const app = keys();
  actionFor(press('i'), app, true)?.();
  expect(app.go).toHaveBeenCalledWith('incidents');
  expect(actionFor(press('i'), app, false)).toBeUndefined();
});

test('F6 walks the regions that are there, and around', () => {
  for (const name of ['rail', 'list', 'status']) {
    const region = document.createElement('div');
    region.dataset['region'] = name;
    region.append(document.createElement('button'));
    document.body.append(region);
  }
  const at = () => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'];
  const seen = [1, 1, 1, 1].map((by) => (cycleRegion(by as 1), at()));
  expect(seen).toEqual(['rail', 'list', 'status', 'rail']);
  cycleRegion(-1);
  expect(at()).toBe('status');
});
