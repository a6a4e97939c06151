import { Hand } from "lucide-react";
import { Link } from "react-router";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { useTexts } from "../texts";
import { ConversationRow } from "./ConversationRow";
import { NewMatches } from "./NewMatches";
import { useConversations } from "./useConversations";

/** New matches, then who wrote last. */
export function Conversations() {
  const { chats } = useTexts();
  const { first, all, hasMore, loadMore, isLoadingMore } = useConversations();
  if (!all) {
    return first.error ? <ErrorPanel error={first.error} onRetry={() => void first.refetch()} /> : <Loading />;
  }
  if (all.length === 0) return <Empty />;
  const fresh = all.filter(({ last_message }) => !last_message);
  const talks = all.filter(({ last_message }) => last_message);
  return (
    <div className="min-h-0 pb-4 desk:overflow-y-auto">
      {fresh.length > 0 && <NewMatches matches={fresh} />}
      {talks.length > 0 ? (
        <ul aria-label={chats.conversations} className="grid gap-1 px-2 desk:px-3.5">
          {talks.map((conversation) => (
            <li key={conversation.match_id}>
              <ConversationRow conversation={conversation} />
            </li>
          ))}
        </ul>
      ) : (
        <Quiet />
      )}
      {hasMore && (
        <div className="mt-3 grid justify-items-center">
          <Button kind="quiet" size="small" disabled={isLoadingMore} onClick={loadMore}>
            {chats.more}
          </Button>
        </div>
      )}
    </div>
  );
}

/** All of them are new matches. */
function Quiet() {
  const { chats } = useTexts();
  return (
    <div className="grid gap-1 px-5 py-6 desk:px-6">
      <h2 className="text-lead">{chats.quietTitle}</h2>
      <p className="text-ink-2">{chats.quietText}</p>
    </div>
  );
}

function Empty() {
  const { chats } = useTexts();
  return (
    <div className="grid justify-items-center gap-3 px-6 pt-16 pb-8 text-center">
      <span className="relative mb-3">
        <span className="grid size-28 place-items-center rounded-full bg-pine-soft text-pine-text">
          <Hand aria-hidden size={50} strokeWidth={2.1} className="-rotate-12" />
        </span>
        <span className="absolute -right-3 -bottom-2 grid size-15 place-items-center rounded-full bg-sun text-on-sun">
          <Hand aria-hidden size={28} strokeWidth={2.1} className="rotate-12 -scale-x-100" />
        </span>
      </span>
      <h2 className="text-title">{chats.emptyTitle}</h2>
      <p className="max-w-80 text-ink-2">{chats.emptyText}</p>
      <Button kind="main" className="mt-3" asChild>
        <Link to="/discover">{chats.emptyAction}</Link>
      </Button>
    </div>
  );
}

function Loading() {
  return (
    <Skeleton className="grid gap-5 px-5 desk:px-6">
      <div className="flex gap-4 pb-3">
        {["a", "b", "c"].map((key) => (
          <Bone key={key} className="size-18 rounded-full" />
        ))}
      </div>
      {["a", "b", "c", "d"].map((key) => (
        <div key={key} className="flex items-center gap-3">
          <Bone className="size-14 rounded-full" />
          <div className="grid grow gap-2">
            <Bone className="h-4 w-24" />
            <Bone className="h-4 w-4/5" />
          </div>
        </div>
      ))}
    </Skeleton>
  );
}
