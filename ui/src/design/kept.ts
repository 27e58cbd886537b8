// Choices of taste that survive a restart (theme, density, panel width). Never data of a tenant.
import { useState } from 'react';

const PREFIX = 'crosswalk.';

export function readKept<Value>(name: string, fallback: Value): Value {
  try {
    const text = localStorage.getItem(PREFIX + name);
    if (text === null) return fallback;
    const value: unknown = JSON.parse(text);
    return typeof value === typeof fallback ? (value as Value) : fallback;
  } catch {
    return fallback;
  }
}

export function useKept<Value>(name: string, fallback: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => readKept(name, fallback));
  const keep = (next: Value) => {
    setValue(next);
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(next));
    } catch {
      // A locked-down profile has no storage; the choice then lasts for this window.
    }
  };
  return [value, keep];
}
