import { expect, test } from 'vitest';
import type { CheckRow } from '../../contract/rpc.gen';
import { VERDICTS } from '../../design/VerdictPill';
import { paramsOf, pathOf } from '../../lib/place';
import { countsOf, DEFAULT_VERDICTS, filterOf, groupsOf, paramsOfFilter, verdictsOf, type CheckFilter } from './facets';

function check(id: string, more: Partial<CheckRow> = {}): CheckRow {
  return { id, title: `Check ${id}`, area: 'Automation rules', verdict: 'pass', severity: 'high', reason: '', objects: 0, ...more };
}
const CHECKS = [
  check('AU-01', { verdict: 'review', severity: 'critical' }),
  check('AU-02', { verdict: 'fail', severity: 'low' }),
  check('AU-03', { verdict: 'fail', severity: 'critical' }),
  check('AU-04'),
  check('PB-02', { area: 'Playbooks', verdict: 'could_not_run' }),
  check('IN-01', { area: 'Incidents', verdict: 'not_applicable', severity: 'info' }),
];
const DEFAULT = filterOf({});

test('what needs a look is shown, broken first, heavy first; passes wait', () => {
  expect(groupsOf(CHECKS, DEFAULT).map(({ area, shown, of }) => [area, shown.map(({ id }) => id), of])).toEqual([
    ['Automation rules', ['AU-03', 'AU-02', 'AU-01'], 4],
    ['Playbooks', ['PB-02'], 1],
  ]);
});

test('what could not run is never counted as a pass', () => {
  expect(verdictsOf(CHECKS)).toEqual({ fail: 2, review: 1, could_not_run: 1, pass: 1, waived: 0, not_applicable: 1 });
});

test('a facet counts what its tick would show', () => {
  const counts = countsOf(CHECKS, { ...DEFAULT, areas: ['Automation rules'] });
  expect([counts.verdict.pass, counts.verdict.could_not_run]).toEqual([1, 0]);
  expect(counts.severity).toMatchObject({ critical: 2, low: 1, high: 0 });
  expect(counts.area).toEqual({ 'Automation rules': 3, Playbooks: 1, Incidents: 0 });
});

test.each<[string, CheckFilter]>([
  ['the default', { verdicts: DEFAULT_VERDICTS, severities: [], areas: [] }],
  ['everything', { verdicts: VERDICTS, severities: ['critical', 'info'], areas: ['Playbooks', 'Incidents'] }],
  ['no verdict at all', { verdicts: [], severities: [], areas: [] }],
])('%s travels through the address', (_, filter) => {
  const search = pathOf({ room: 'readiness', params: paramsOfFilter(filter) }).split('?')[1] ?? '';
  const back = filterOf(paramsOf(search));
  expect({ ...back, verdicts: [...back.verdicts].sort() }).toEqual({ ...filter, verdicts: [...filter.verdicts].sort() });
});

test('the default leaves no parameter, and words that are none are dropped', () => {
  expect(pathOf({ room: 'readiness', params: paramsOfFilter(DEFAULT) })).toBe('/readiness');
  expect(filterOf({ verdict: 'fail,maybe', severity: 'huge' })).toEqual({ verdicts: ['fail'], severities: [], areas: [] });
});
