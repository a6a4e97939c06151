import { useParams } from "react-router";
import { Chat } from "./Chat";

/** One conversation; another one begins anew. */
export function Component() {
  const { matchId = "" } = useParams();
  return <Chat key={matchId} matchId={matchId} />;
}
