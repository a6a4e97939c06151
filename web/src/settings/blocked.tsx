import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { tell } from "../api/people-channel";
import { Button } from "../design/Button";
import { Notice } from "../design/Notice";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { Listing } from "./Listing";
import { blocksList } from "./lists";
import { SubPage } from "./SubPage";
import { useRemoval } from "./useRemoval";
import { useTexts } from "./words";

/** Whom one doesn't want to meet. */
export function Component() {
  const texts = useTexts();
  const { blocked } = texts.settings;
  const { date } = useFormats();
  const query = useInfiniteQuery(blocksList);
  const unblock = useRemoval(blocksList.queryKey, "user_id", async (user_id) => {
    await answer(api.DELETE("/api/v1/blocks/{user_id}", { params: { path: { user_id } } }));
    tell({ kind: "anew" });
  });
  return (
    <SubPage title={blocked.title} lead={blocked.lead}>
      {unblock.error && (
        <Notice tone="ember" role="alert">
          {problemText(unblock.error, texts).text}
        </Notice>
      )}
      <Listing query={query} empty={blocked.empty}>
        {(card) => (
          <li key={card.user_id} className="flex items-center justify-between gap-3.5 px-4 py-3.5">
            <div className="min-w-0">
              <p className="truncate font-semibold">@{card.username}</p>
              <p className="text-note text-ink-2">{blocked.since(date(card.blocked_at))}</p>
            </div>
            <Button
              size="small"
              aria-label={blocked.unblockName(card.username)}
              onClick={() => unblock.mutate(card.user_id)}
            >
              {blocked.unblock}
            </Button>
          </li>
        )}
      </Listing>
    </SubPage>
  );
}
