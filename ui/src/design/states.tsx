// The shared states. Every screen draws them the same way: the frame stays, data stays readable, one sentence says why.
import { Button } from '@fluentui/react-components';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { WaitRing } from './Countdown';
import { useCopy } from './EvidenceBlock';
import { Icon, type IconName } from './icons';
import { Notice } from './Notice';
import css from './states.module.css';

/** True once `ms` have passed, so that quick answers show no skeleton. */
function useLate(ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}

/** Skeleton rows after 150 ms; real rows replace them in place. */
export function Loading({ label, rows = 8 }: { label: string; rows?: number }) {
  const late = useLate(150);
  return (
    <div className={css['skeleton']} role="status" aria-label={`Loading ${label}`}>
      {late
        ? Array.from({ length: rows }, (_, at) => (
            <div key={at} className={css['skeletonRow']}>
              <span className={css['bone']} style={{ width: 10 }} />
              <span className={css['bone']} style={{ width: `${62 - ((at * 17) % 30)}%` }} />
              <span className={`${css['bone']} cw-end`} style={{ width: 40 }} />
            </div>
          ))
        : null}
    </div>
  );
}

export interface EmptyProps {
  icon: IconName;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** None yet: one sentence, what to do. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className={css['empty']}>
      <span className={css['icon']}>
        <Icon name={icon} size={20} />
      </span>
      <h2>{title}</h2>
      <p>{children}</p>
      {actions ? <div className={css['actions']}>{actions}</div> : null}
    </div>
  );
}

/** Filtered out: how many there are, each filter removable, all at once too. */
export function FilteredOut({ of, chips, onClear }: { of: number; chips: ReactNode; onClear: () => void }) {
  return (
    <div className={css['filtered']} role="status">
      <span>0 of {of.toLocaleString('en')} match</span>
      {chips}
      <Button appearance="transparent" size="small" onClick={onClear}>
        Clear all
      </Button>
    </div>
  );
}

/** A failure as the core tells it; `ErrorView` of the contract fits. */
export interface FaultText {
  code: string;
  message: string;
  hint: string | null;
  retry_after: number | null;
  request_id: string | null;
}

/** One source is missing: what, who can grant it, what to send them. Data stays visible below. */
export function Partial({ title, children, request }: { title: string; children: ReactNode; request?: string | undefined }) {
  const [copied, copy] = useCopy();
  return (
    <Notice
      band
      tone="warn"
      role="status"
      title={title}
      actions={
        request ? (
          <Button size="small" icon={<Icon name={copied ? 'check' : 'copy'} size={14} />} onClick={() => copy(request)}>
            {copied ? 'Copied' : 'Copy request'}
          </Button>
        ) : null
      }
    >
      {children}
    </Notice>
  );
}

export function Offline({ children, onRetry }: { children: ReactNode; onRetry?: () => void }) {
  return (
    <Notice band tone="plain" icon="offline" role="status" end={onRetry ? <RetryButton onRetry={onRetry} /> : null}>
      {children}
    </Notice>
  );
}

/** A service asked us to wait; others go on. */
export function Throttled({ who, seconds, children }: { who: string; seconds: number; children?: ReactNode }) {
  return (
    <Notice band tone="warn" icon="gauge" role="status" title={`${who} asked us to wait.`} end={<WaitRing seconds={seconds} />}>
      {children}
    </Notice>
  );
}

/** The sign-in ended; what was typed is kept. */
export function Expired({ children, action }: { children: ReactNode; action: ReactNode }) {
  return (
    <Notice band tone="info" icon="account" role="status" actions={action}>
      {children}
    </Notice>
  );
}

export interface ConflictField {
  name: string;
  before: string;
  yours: string;
  theirs: string;
}

/** Someone else wrote first: before, yours, theirs, and nothing was written. */
export function Conflict({ title, fields, actions }: { title: string; fields: readonly ConflictField[]; actions: ReactNode }) {
  return (
    <div>
      <Notice band tone="warn" role="alert" title={title}>
        Nothing was written.
      </Notice>
      <div className={css['columns']}>
        <span className={css['name']}>Before</span>
        <span className={css['name']}>Yours</span>
        <span className={css['name']}>Theirs</span>
        {fields.map((field) => (
          <ConflictCells key={field.name} field={field} />
        ))}
      </div>
      <div className={css['filtered']}>{actions}</div>
    </div>
  );
}

function ConflictCells({ field }: { field: ConflictField }) {
  const cell = (text: string) => (text === field.before ? <span>{`${field.name} ${text}`}</span> : <span><mark>{`${field.name} ${text}`}</mark></span>);
  return (
    <>
      <span>{`${field.name} ${field.before}`}</span>
      {cell(field.yours)}
      {cell(field.theirs)}
    </>
  );
}

/** The app's words for a code: what it means, and what still works or comes next. */
export interface Explanation {
  title: string;
  next: string;
}

/** Given by the app, which has one total table of codes. */
export const ExplainContext = createContext<(code: string) => Explanation>((code) => ({ title: code, next: '' }));

export interface ErrorStateProps {
  fault: FaultText;
  onRetry?: (() => void) | undefined;
}

/** Plain cause, what still works, what next; details to copy, already redacted by the core. */
export function ErrorState({ fault, onRetry }: ErrorStateProps) {
  const explain = use(ExplainContext)(fault.code);
  const [copied, copy] = useCopy();
  const facts: [string, string][] = [['Code', fault.code]];
  if (fault.request_id) facts.push(['Request id', fault.request_id]);
  if (fault.retry_after !== null) facts.push(['Wait', `${fault.retry_after} s`]);
  const support = [fault.message, fault.hint ?? '', ...facts.map(([name, value]) => `${name}: ${value}`)].filter(Boolean).join('\n');
  return (
    <div className={css['empty']} role="alert">
      <span className="cw-danger">
        <Icon name="warn" size={20} />
      </span>
      <h2>{explain.title}</h2>
      <p>
        <bdi>{fault.message}</bdi> {fault.hint ? <bdi>{fault.hint}</bdi> : null} {explain.next}
      </p>
      <div className={css['actions']}>
        {onRetry ? <RetryButton onRetry={onRetry} /> : null}
        <Button size="small" icon={<Icon name={copied ? 'check' : 'copy'} size={14} />} onClick={() => copy(support)}>
          {copied ? 'Copied' : 'Copy for support'}
        </Button>
      </div>
      <details className={css['details']}>
        <summary>Details</summary>
        <dl className={css['facts']}>
          {facts.map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </dl>
      </details>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function RetryButton({ onRetry }: { onRetry: () => void }) {
  return (
    <Button size="small" icon={<Icon name="refresh" size={14} />} onClick={onRetry}>
      Try again
    </Button>
  );
}

/** A room whose data is a session's, while none is open. */
export function NothingOpen({ icon, children, onStart }: { icon: IconName; children: ReactNode; onStart: () => void }) {
  return (
    <Empty
      icon={icon}
      title="Nothing is open"
      actions={
        <Button appearance="primary" onClick={onStart}>
          Choose what to open
        </Button>
      }
    >
      {children}
    </Empty>
  );
}
