// Text from a tenant may carry marks that lie: direction overrides, terminal escapes, characters without width.
// They are shown as their code point, so that what one reads is what is there.

// C0 and C1 but tab and newline; soft hyphen, zero widths, direction marks, embeddings, overrides, isolates, BOM, tags.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/gu;
const FAMILY = /\u200d(?=\p{Extended_Pictographic})/gu;

/** `a\u202Eb` → `a[U+202E]b`. The joiner inside an emoji stays. */
export function visible(text: string): string {
  // Nearly every text has none, and lists ask for hundreds at once.
  if (text.search(HIDDEN) < 0) return text;
  const joiners = new Set([...text.matchAll(FAMILY)].map((match) => match.index));
  return text.replace(HIDDEN, (mark: string, at: number) => (joiners.has(at) ? mark : `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`));
}
