// A sentence with its weight: what, for whom, what next. It sits under the header and never moves the frame.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';
import css from './Notice.module.css';

export type NoticeTone = 'plain' | 'info' | 'warn' | 'danger' | 'ok';
const ICONS: Record<NoticeTone, IconName> = { plain: 'info', info: 'info', warn: 'warn', danger: 'warn', ok: 'check' };

export interface NoticeProps {
  tone?: NoticeTone;
  icon?: IconName;
  /** Across the whole sheet, under its header. */
  band?: boolean;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons under the text. */
  actions?: ReactNode;
  /** Buttons at the end of the line. */
  end?: ReactNode;
  /** Spoken once when it appears. */
  role?: 'status' | 'alert';
}

export function Notice({ tone = 'info', icon, band, title, children, actions, end, role }: NoticeProps) {
  return (
    <div className={`${css['notice']} ${css[tone] ?? ''} ${band ? css['band'] : ''}`} role={role}>
      <span className={css['icon']}>
        <Icon name={icon ?? ICONS[tone]} />
      </span>
      <div className={css['text']}>
        {title ? <strong className="cw-strong">{title} </strong> : null}
        {children}
        {actions ? <div className={css['actions']}>{actions}</div> : null}
      </div>
      {end ? <div className={css['inline']}>{end}</div> : null}
    </div>
  );
}
