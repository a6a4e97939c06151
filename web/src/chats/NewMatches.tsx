import { NavLink } from "react-router";
import { Portrait } from "../design/PhotoImage";
import { useTexts } from "../texts";
import type { Conversation } from "./useConversations";

/** Nobody has written yet: something to look forward to, hence the sun. */
export function NewMatches({ matches }: { matches: readonly Conversation[] }) {
  const { chats } = useTexts();
  return (
    <section aria-label={chats.newMatches} className="mb-2 border-b border-line pb-4 desk:mx-3.5">
      <ul className="flex gap-1 overflow-x-auto px-3.5 py-1.5 desk:px-1">
        {matches.map(({ match_id, user }) => (
          <li key={match_id}>
            <NavLink
              to={`/chats/${match_id}`}
              className="grid w-20 justify-items-center gap-2 rounded-medium pt-1 pb-1.5 hover:bg-sunk aria-[current]:bg-pine-soft"
            >
              <span className="rounded-full border-3 border-sun p-0.5">
                <Portrait src={user.image_urls[0]} name={user.display_name} className="size-16" />
              </span>
              <span className="max-w-full truncate px-1 text-small font-semibold">{user.display_name}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
