import { useQuery } from "@tanstack/react-query";
import { MessageCircle } from "lucide-react";
import { conversationsQuery } from "../api/queries";
import { useTexts } from "../texts";

/** Beside the list, before a conversation is chosen. */
export function NothingChosen() {
  const { chats } = useTexts();
  const { data } = useQuery(conversationsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <div className="grid h-full place-content-center justify-items-center gap-2 p-6 text-center">
      <span className="grid size-18 place-items-center rounded-full bg-pine-soft text-pine-text">
        <MessageCircle aria-hidden size={32} strokeWidth={2.1} />
      </span>
      <h2 className="mt-2 text-title">{chats.choose}</h2>
      <p className="text-ink-2">{chats.chooseText}</p>
    </div>
  );
}
