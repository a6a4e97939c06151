import { useQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { Link } from "react-router";
import { laterQuery } from "../api/queries";
import { useTexts } from "../texts";

/** To those put aside, if there are any. */
export function LaterLink() {
  const { deck } = useTexts();
  const { data } = useQuery(laterQuery);
  if (!data?.items.length) return null;
  return (
    <Link
      to="/later"
      aria-label={deck.laterPage.title}
      title={deck.laterPage.title}
      className="grid size-11 place-items-center rounded-full text-ink-2 hover:bg-sunk hover:text-ink"
    >
      <Bookmark aria-hidden size={22} strokeWidth={2.1} className="fill-sun" />
    </Link>
  );
}
