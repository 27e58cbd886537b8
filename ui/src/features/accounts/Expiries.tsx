// When secrets and certificates end: a year on a line, the same as a table for screen readers.
import { useRpc } from '../../contract/rpc';
import type { ExpiryRow } from '../../contract/rpc.gen';
import { Words } from '../../design/Prose';
import { fullTime } from '../../lib/time';
import { visible } from '../../lib/visible';
import css from './accounts.module.css';
import { monthsOf, place, toneOf, wordsOf, YEAR_DAYS } from './expiry';

const AZURE_PORTAL_ENDS = Date.UTC(2027, 2, 31);

export function Expiries({ now }: { now: string }) {
  const { data } = useRpc('expiry_list', {});
  const dated = data?.rows.filter((row): row is ExpiryRow & { days: number } => row.days !== null) ?? [];
  if (data === undefined || (data.rows.length === 0 && data.notes.length === 0)) return null;
  const portal = Math.round((AZURE_PORTAL_ENDS - Date.parse(now)) / 86_400_000);
  return (
    <section className={css['expiries']} aria-label="Expires next">
      <h2>
        Expires next <span className="cw-caption cw-fg3">told at 30, 7 and 1 days</span>
      </h2>
      {dated.length > 0 ? (
        <div className={css['line']} aria-hidden="true">
          {portal > 0 && portal < YEAR_DAYS ? (
            <span className={css['portal']} style={{ insetInlineStart: place(portal) }}>
              Azure portal ends
            </span>
          ) : null}
          {monthsOf(now).map(({ at, words }) => (
            <span key={words} className={css['month']} style={{ insetInlineStart: at }}>
              {words}
            </span>
          ))}
          {dated.map((row, at) => (
            <span key={at} className={`${css['end']} ${css[toneOf(row.days)]}`} style={{ insetInlineStart: place(row.days) }} title={visible(wordsOf(row))} />
          ))}
        </div>
      ) : null}
      <ul className={css['ends']}>
        {data.rows.map((row, at) => (
          <li key={at}>
            <bdi className="cw-strong">{visible(`${row.account}, ${row.what}${row.ours ? ' in use' : ''}`)}</bdi> <bdi className="cw-fg3">{visible([row.label, row.hint].filter(Boolean).join(' '))}</bdi>
            <span className={css[toneOf(row.days)]} title={row.ends === null ? undefined : fullTime(row.ends, 'utc')}>
              {wordsOf(row)}
            </span>
          </li>
        ))}
        {data.notes.map((note) => (
          <li key={note} className="cw-fg3">
            <Words text={note} />
          </li>
        ))}
      </ul>
    </section>
  );
}
