// Whether single letters act (j, k, /, ?). People who dictate turn them off (WCAG 2.1.4).
import { createContext, use } from 'react';

export const SingleKeys = createContext(true);

export function useSingleKeys(): boolean {
  return use(SingleKeys);
}

/** True where a letter belongs to the text being typed. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}
