// Row height by the chosen density; touch input forces the comfortable one.
import { createContext, use } from 'react';
import { ROW_HEIGHT, type Density } from './theme';

export const DensityContext = createContext<Density>('compact');

/** Height of a row in px. */
export function useRowHeight(): number {
  const density = use(DensityContext);
  const touch = matchMedia('(pointer: coarse)').matches;
  return ROW_HEIGHT[touch ? 'comfortable' : density];
}
