import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "react-router";
import { conversationsQuery } from "../api/queries";
import { classes } from "../design/classes";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { Conversations } from "./Conversations";
import { NothingChosen } from "./NothingChosen";

/** The list; from 900 px with the chat (the outlet) beside it, else one of them. */
export function Component() {
  const { chats, chat } = useTexts();
  const { matchId } = useParams();
  const { data } = useQuery(conversationsQuery);
  const open = data?.items.find(({ match_id }) => match_id === matchId);
  usePageTitle(matchId ? (open?.user.display_name ?? chat.title) : chats.title);
  return (
    <div className="desk:grid desk:h-[calc(100dvh-var(--offline,0px))] desk:grid-cols-[340px_1fr] wide:grid-cols-[360px_1fr]">
      {matchId && <h1 className="sr-only desk:hidden">{chats.title}</h1>}
      <div
        className={classes(
          "min-w-0 desk:flex desk:min-h-0 desk:flex-col desk:border-r desk:border-line",
          matchId !== undefined && "hidden",
        )}
      >
        <h1 className="px-5 pt-5 pb-3 text-head desk:px-6">{chats.title}</h1>
        <Conversations />
      </div>
      <div className={classes("min-h-0 min-w-0", !matchId && "hidden desk:block")}>
        {matchId ? <Outlet /> : <NothingChosen />}
      </div>
    </div>
  );
}
