import { useQuery } from "@tanstack/react-query";
import { Compass, type LucideIcon, MessageCircle, Settings, UserRound } from "lucide-react";
import { conversationsQuery } from "../api/queries";
import { type Texts, useTexts } from "../texts";

export type Place = { to: string; Icon: LucideIcon; name: string; unread?: number };

const places = (common: Texts["common"], unread: number): [Place, Place, Place, Place] => [
  { to: "/discover", Icon: Compass, name: common.discover },
  { to: "/chats", Icon: MessageCircle, name: common.chats, unread },
  { to: "/me", Icon: UserRound, name: common.you },
  { to: "/settings", Icon: Settings, name: common.settings },
];

/** Where the bars lead, with what is unread. */
export function usePlaces() {
  const { common } = useTexts();
  const { data } = useQuery(conversationsQuery);
  const unread = data?.items.reduce((sum, { unread }) => sum + unread, 0) ?? 0;
  return places(common, unread);
}
