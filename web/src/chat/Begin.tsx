import type { Schemas } from "../api/client";
import { FirstLines } from "../conversation/FirstLines";
import { Portrait } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

type BeginProps = { match: Schemas["MatchCard"]; isEmpty: boolean; onChoose: (line: string) => void };

/** Where a conversation begins; with first lines as long as nobody has written. */
export function Begin({ match: { user, matched_at }, isEmpty, onChoose }: BeginProps) {
  const { chat } = useTexts();
  const { date } = useFormats();
  return (
    <div className="mx-auto grid max-w-110 justify-items-center gap-3 px-5 pt-8 pb-2 text-center [overflow-wrap:anywhere]">
      <Portrait src={user.image_urls[0]} name={user.display_name} className="size-24" />
      <p className="text-note text-ink-2">{chat.began(user.display_name, date(matched_at))}</p>
      {isEmpty && (
        <div className="mt-2 grid w-full gap-3">
          <p className="font-semibold">{chat.beginHint}</p>
          <FirstLines person={user} onChoose={onChoose} />
        </div>
      )}
    </div>
  );
}
