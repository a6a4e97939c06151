import { Fragment } from "react";
import { piecesOf } from "./links";

/** A message's text; web addresses can be followed, and learn nothing about where they stood. */
export function Linked({ text }: { text: string }) {
  return piecesOf(text).map(({ text: words, href }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
    if (!href) return <Fragment key={index}>{words}</Fragment>;
    return (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
        key={index}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="underline underline-offset-3 [overflow-wrap:anywhere]"
      >
        {words}
      </a>
    );
  });
}
