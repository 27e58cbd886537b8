// Two kinds of waiting: days to a date, and seconds that a service asked us to wait.
import { useEffect, useState } from 'react';
import css from './Countdown.module.css';

/** Days to a deadline: number, unit, date in words. The number comes from the core, which owns the clock. */
export function Countdown({ days, date }: { days: number; date: string }) {
  const past = days < 0;
  return (
    <div className={css['clock']}>
      <div className={css['days']}>
        <span className={css['number']}>{Math.abs(days).toLocaleString('en')}</span>
        <span className={css['unit']}>{past ? 'days ago' : days === 1 ? 'day' : 'days'}</span>
      </div>
      <span className={css['date']}>{date}</span>
    </div>
  );
}

/** Seconds left of `seconds`, counted from the moment the value arrived. */
export function useSecondsLeft(seconds: number): number {
  const [gone, setGone] = useState({ of: seconds, passed: 0 });
  useEffect(() => {
    const start = Date.now();
    const tick = setInterval(() => setGone({ of: seconds, passed: Math.floor((Date.now() - start) / 1000) }), 1000);
    return () => clearInterval(tick);
  }, [seconds]);
  return Math.max(0, Math.ceil(seconds - (gone.of === seconds ? gone.passed : 0)));
}

export function WaitRing({ seconds }: { seconds: number }) {
  const left = useSecondsLeft(seconds);
  const round = 2 * Math.PI * 22;
  return (
    <span className={css['ring']} role="timer" aria-label={`${left} seconds left`}>
      <svg viewBox="0 0 52 52" aria-hidden="true" fill="none" strokeWidth="4">
        <circle cx="26" cy="26" r="22" stroke="var(--cw-stroke-1)" />
        <circle cx="26" cy="26" r="22" stroke="var(--cw-int-warn-fg)" strokeDasharray={round} strokeDashoffset={round * (1 - left / Math.max(1, seconds))} />
      </svg>
      {left} s
    </span>
  );
}
