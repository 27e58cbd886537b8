import { act, cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

// A machine that compiles beside takes its time; a second is too short for it.
configure({ asyncUtilTimeout: 15_000 });

// jsdom lays nothing out; a fixed size lets the virtual grid decide which rows to draw.
class FixedResizeObserver implements ResizeObserver {
  private readonly report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.report = report;
  }
  observe(target: Element): void {
    const box = { inlineSize: 800, blockSize: 640 };
    const entry = { target, contentRect: target.getBoundingClientRect(), borderBoxSize: [box], contentBoxSize: [box], devicePixelContentBoxSize: [box] };
    this.report([entry], this);
  }
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = FixedResizeObserver;
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 640 });
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 800 });
// As in a browser the event comes after the task that scrolled, never inside it.
Element.prototype.scrollTo = function scrollTo(this: Element, options?: ScrollToOptions | number) {
  if (typeof options === 'object' && options.top !== undefined) this.scrollTop = options.top;
  queueMicrotask(() => act(() => void this.dispatchEvent(new Event('scroll'))));
} as typeof Element.prototype.scrollTo;
globalThis.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
  dispatchEvent: () => false,
})) as typeof globalThis.matchMedia;
