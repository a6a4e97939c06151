import { useQuery } from "@tanstack/react-query";
import { MessageCircle } from "lucide-react";
import { conversationsQuery } from "../api/queries";
import { Empty } from "../design/Empty";
import { useTexts } from "../texts";

/** Beside the list, before a conversation is chosen. */
export function NothingChosen() {
  const { chats } = useTexts();
  const { data } = useQuery(conversationsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <Empty
      Icon={MessageCircle}
      title={chats.choose}
      text={chats.chooseText}
      className="h-full place-content-center py-6"
    />
  );
}
