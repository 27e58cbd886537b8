import { describe, expect, test } from 'vitest';
import type { IncidentFilter } from '../../contract/rpc.gen';
import { paramsOf, pathOf, placeOf } from '../../lib/place';
import { chipsOf, narrows, paramsOfFilter, sortParam, viewOf } from './filter';

const NONE: IncidentFilter = { text: '', severity: [], status: [], workspace: [], presence: [], owner: [], target: [], tag: [], classification: [], product: [], owner_differs: null, redirected: null, updated_hours: null, updated_day: null };
const FULL: IncidentFilter = {
  text: 'rule & "path" #4711',
  severity: ['high', 'informational', 'odd, with a comma', '100%2C'],
  status: ['in_progress'],
  workspace: ['law-soc-weu', 'law-retail-neu'],
  presence: ['twin_missing', 'both'],
  owner: ['', 'lena@contoso.example', '%'],
  target: ['21842'],
  tag: ['vip', 'a,b'],
  classification: ['', 'TruePositive'],
  product: ['Microsoft Defender for Endpoint'],
  owner_differs: false,
  redirected: true,
  updated_hours: 168,
  updated_day: '2026-11-24',
};

/** Through the address bar and back. */
function travel(filter: IncidentFilter): IncidentFilter {
  const path = pathOf({ room: 'incidents', params: paramsOfFilter(filter) });
  return viewOf(placeOf(path)?.params as Record<string, string>).filter;
}

describe('the filter in the address', () => {
  test.each([['nothing', NONE], ['everything', FULL], ['not redirected', { ...NONE, redirected: false }]])('%s comes back as it went', (_, filter) => {
    expect(travel(filter)).toEqual(filter);
  });

  test('no filter leaves no parameter', () => {
    expect(pathOf({ room: 'incidents', params: paramsOfFilter(NONE) })).toBe('/incidents');
  });

  test('what is not a value is dropped, not sent', () => {
    const { filter, sort } = viewOf(paramsOf('presence=both,nonsense&hours=soon&redirected=maybe&sort=colour'));
    expect(filter.presence).toEqual(['both']);
    expect(filter.updated_hours).toBeNull();
    expect(filter.redirected).toBeNull();
    expect(sort).toEqual({ column: 'updated', descending: true });
  });

  test('it narrows when one filter is set', () => {
    expect([narrows(NONE), narrows({ ...NONE, text: 'x' }), narrows({ ...NONE, redirected: false })]).toEqual([false, true, true]);
  });
});

describe('sorting', () => {
  test('a column starts in its natural direction, then turns', () => {
    const updated = { column: 'updated', descending: true } as const;
    expect(sortParam(updated, 'title')).toBe('title');
    expect(sortParam({ column: 'title', descending: false }, 'title')).toBe('-title');
    expect(sortParam(updated, 'severity')).toBe('-severity');
    expect(sortParam(updated, 'updated')).toBe('updated');
  });

  test('the default order leaves the address', () => {
    expect(sortParam({ column: 'title', descending: false }, 'updated')).toBeUndefined();
  });
});

test('chips say the filters in words', () => {
  expect(chipsOf({ ...NONE, severity: ['high'], status: ['in_progress', 'parked'], updated_hours: 168 }).map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Updated: 7 days',
    'Severity: High',
    'Status: In progress, parked',
  ]);
});
