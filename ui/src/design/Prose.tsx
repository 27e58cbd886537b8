// Sentences with `literals`: backticks become code, blank lines part paragraphs. It stays text, whoever wrote it.
import { Fragment } from 'react';
import { visible } from '../lib/visible';

/** One stretch of text; hostile direction marks cannot reach past it. */
export function Words({ text }: { text: string }) {
  return (
    <bdi>
      {visible(text)
        .split(/`([^`\n]{1,400})`/u)
        .map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : <Fragment key={at}>{part}</Fragment>))}
    </bdi>
  );
}

export function Prose({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\n\s*\n/u)
        .filter((part) => part.trim() !== '')
        .map((part, at) => (
          <p key={at} className="cw-prose">
            <Words text={part.replaceAll('\n', ' ')} />
          </p>
        ))}
    </>
  );
}
