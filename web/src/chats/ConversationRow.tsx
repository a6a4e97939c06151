import { NavLink } from "react-router";
import { classes } from "../design/classes";
import { Portrait } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Conversation } from "./useConversations";
import { when } from "./when";

/** Who, what was said last, and when; unread in ink and bold with an ember dot. */
export function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { chats, common } = useTexts();
  const formats = useFormats();
  const { match_id, user, last_message, unread } = conversation;
  if (!last_message) return null;
  const own = last_message.sender !== user.id;
  return (
    <NavLink
      to={`/chats/${match_id}`}
      className="flex items-center gap-3 rounded-medium px-2.5 py-2.5 hover:bg-sunk aria-[current]:bg-pine-soft"
    >
      <Portrait src={user.image_urls[0]} name={user.display_name} className="size-14" />
      <span className="grid min-w-0 grow gap-0.5">
        <span className="truncate font-semibold">{user.display_name}</span>
        <span
          dir="auto"
          className={classes("truncate text-note", unread > 0 ? "font-semibold text-ink" : "text-ink-2")}
        >
          {own ? chats.you(last_message.body) : last_message.body}
        </span>
      </span>
      <span className="grid shrink-0 justify-items-end gap-2 self-center">
        <time dateTime={last_message.sent_at} className="text-small text-ink-2">
          {when(last_message.sent_at, formats)}
        </time>
        <span className={classes("size-2.5 rounded-full", unread > 0 && "bg-ember")}>
          {unread > 0 && <span className="sr-only">{common.unread(formats.number(unread))}</span>}
        </span>
      </span>
    </NavLink>
  );
}
