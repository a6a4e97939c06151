import { useRef, useState } from "react";
import { kept } from "../conversation/kept";
import { MessageBox } from "../conversation/MessageBox";
import { outbox } from "../conversation/outbox";
import { ErrorPanel } from "../design/ErrorPanel";
import { useTexts } from "../texts";
import { Begin } from "./Begin";
import { Ended } from "./Ended";
import { Head } from "./Head";
import { Loading } from "./Loading";
import { MessageList } from "./MessageList";
import { useChat } from "./useChat";
import { useReadMark } from "./useReadMark";

const FRAME = "flex h-[calc(100dvh-var(--offline,0px))] flex-col desk:h-full";

export function Chat({ matchId }: { matchId: string }) {
  const { chat } = useTexts();
  const box = useRef<HTMLTextAreaElement>(null);
  const [atEnd, setAtEnd] = useState(false);
  const { conversation, match, history, rows, theirLast, ended, error, retry } = useChat(matchId);
  useReadMark(matchId, theirLast, conversation?.read_seq, atEnd && !ended);

  if (!match || !rows) {
    if (ended) return <Ended className={FRAME} />;
    if (error) return <ErrorPanel error={error} onRetry={retry} />;
    return <Loading className={FRAME} />;
  }
  const { user } = match;
  const name = user.display_name;
  const choose = (line: string) => {
    kept.keepDraft(matchId, line);
    box.current?.focus();
  };
  // Below what was begun in the meantime.
  const takeBack = (clientId: string, body: string) => {
    outbox.drop(matchId, clientId);
    choose([kept.draft(matchId), body].filter(Boolean).join("\n"));
  };
  const isEmpty = rows.every(({ kind }) => kind === "begin");
  return (
    <div className={FRAME}>
      <Head matchId={matchId} person={user} messages={history.data?.items ?? []} ended={ended} />
      <MessageList
        matchId={matchId}
        rows={rows}
        whole={ended || (history.data?.whole ?? true)}
        name={name}
        begin={<Begin match={match} isEmpty={isEmpty && !ended && !user.gone} onChoose={choose} />}
        onRetry={() => outbox.tryAgain(matchId)}
        onTakeBack={takeBack}
        onAtEnd={setAtEnd}
      />
      {error && !ended && (
        <p role="status" className="px-4 py-1 text-center text-small text-ink-2">
          {chat.stale}
        </p>
      )}
      <footer className="border-t border-line px-3 pt-2.5 pb-[max(0.5rem,env(safe-area-inset-bottom))] desk:px-5">
        {ended ? (
          <Ended name={name} />
        ) : user.gone ? (
          <p className="p-3 text-center text-note text-ink-2">{chat.goneText(name)}</p>
        ) : (
          <MessageBox matchId={matchId} name={name} box={box} autoFocus />
        )}
      </footer>
    </div>
  );
}
