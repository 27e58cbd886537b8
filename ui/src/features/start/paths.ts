// Paths typed or pasted, one a line, as a file manager copies them. Pure.

/** Quotes around a line and `file://` are taken off; what is said twice is opened once. */
export function pathsOf(text: string): string[] {
  const lines = text.split(/\r?\n/u).map((line) => plain(line.trim())).filter((line) => line !== '');
  return [...new Set(lines)];
}

function plain(line: string): string {
  const bare = /^(["'])(.*)\1$/u.exec(line)?.[2] ?? line;
  if (!bare.startsWith('file://')) return bare;
  try {
    return decodeURIComponent(bare.slice('file://'.length));
  } catch {
    return bare.slice('file://'.length);
  }
}
