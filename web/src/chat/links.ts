export type Piece = { text: string; href?: string };

const CANDIDATE = /\bhttps?:\/\/[^\s<>"]+/gi;
const PAIRS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Without the punctuation of the sentence that the address stands in; a closing bracket stays if it was opened in it. */
function trimmed(candidate: string): string {
  for (let end = candidate.length; end > 0; end -= 1) {
    const last = candidate.charAt(end - 1);
    const address = candidate.slice(0, end);
    const opening = PAIRS[last];
    const loose = opening !== undefined && address.split(opening).length < address.split(last).length;
    if (!loose && !/[.,;:!?'’”»*_]/.test(last)) return address;
  }
  return "";
}

function target(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // A name and password before the host only hide where it leads.
  return url && url.username === "" && url.hostname.includes(".") ? url.href : undefined;
}

/** A text as pieces: what it says, unchanged, with web addresses in it as links. Nothing else becomes anything. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const address = trimmed(candidate);
    const href = target(address);
    if (href === undefined) continue;
    if (index > done) pieces.push({ text: text.slice(done, index) });
    pieces.push({ text: address, href });
    done = index + address.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}
