// Proof: what was asked, when, what came, numbered by the real document, the lines that carry the claim marked.
// The text is another's: rendered as text, direction-isolated, redactions drawn as boxes.
import { Fragment, useState, type ReactNode } from 'react';
import { visible } from '../lib/visible';
import css from './EvidenceBlock.module.css';
import { IconButton } from './Panel';
import { RedactedText } from './Redacted';

export interface EvidenceLine {
  /** Number in the whole document, or a mark such as `C` and `S` of a dialogue. */
  number: number | string;
  text: string;
  hit?: boolean;
}

export interface EvidenceBlockProps {
  label: string;
  /** Badge or icon before the request. */
  mark?: ReactNode;
  /** `GET /v1.0/security/incidents/21836`, or a file. */
  request: string;
  /** Status and time, or `redacted`. */
  when?: ReactNode;
  /** JSON path of the hit. */
  path?: string | undefined;
  lines: readonly EvidenceLine[];
  /** What the copy button gives; without it the lines are joined. */
  copy?: string;
  tools?: ReactNode;
  foot?: ReactNode;
}

export function EvidenceBlock({ label, mark, request, when, path, lines, copy, tools, foot }: EvidenceBlockProps) {
  return (
    <figure aria-label={label}>
      <div className={css['block']}>
        <div className={css['head']}>
          {mark}
          <code className="cw-cut" title={request}>
            {request}
          </code>
          <span className="cw-end cw-nowrap cw-fg2">{when}</span>
          {tools}
          <CopyButton text={copy ?? lines.map((line) => line.text).join('\n')} label={`Copy ${label}`} />
        </div>
        {path ? <JsonPath path={path} /> : null}
        <pre className={css['lines']} tabIndex={0} aria-label={label}>
          {lines.map((line, at) => (
            <span key={at} className={`${css['line']} ${line.hit ? css['hit'] : ''}`}>
              <span className={css['number']}>{line.number}</span>
              <bdi>
                <RedactedText text={visible(line.text)} />
                {'\n'}
              </bdi>
            </span>
          ))}
        </pre>
      </div>
      {foot ? <figcaption className={css['foot']}>{foot}</figcaption> : null}
    </figure>
  );
}

/** A JSON path that wraps at its dots, indices in link colour, the last name strong. */
export function JsonPath({ path }: { path: string }) {
  const parts = path.split('.');
  return (
    <div className={css['path']}>
      {parts.map((part, at) => {
        const [, name = part, index = ''] = /^(.*?)((?:\[\d+\])*)$/u.exec(part) ?? [];
        return (
          <Fragment key={at}>
            {at > 0 ? '.' : ''}
            <wbr />
            {at === parts.length - 1 ? <strong>{name}</strong> : name}
            {index ? <em>{index}</em> : null}
          </Fragment>
        );
      })}
    </div>
  );
}

/** Copies text and says so in its own name for two seconds. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, copy] = useCopy();
  return <IconButton icon={copied ? 'check' : 'copy'} label={copied ? 'Copied' : label} onClick={() => copy(text)} />;
}

export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    });
  };
  return [copied, copy];
}
