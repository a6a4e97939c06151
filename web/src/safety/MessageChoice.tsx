import type { Schemas } from "../api/client";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

/** The most that one report may name. */
const MOST = 50;

type MessageChoiceProps = {
  messages: readonly Schemas["MessageCard"][];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
};

/** The newest of their messages, the newest first. */
export function MessageChoice({ messages, chosen, onChange }: MessageChoiceProps) {
  const { report } = useTexts().safety;
  const { moment } = useFormats();
  const toggle = (seq: number) => {
    const next = new Set(chosen);
    if (!next.delete(seq)) next.add(seq);
    onChange(next);
  };
  return (
    <fieldset>
      <legend className="text-note font-semibold">{report.messages}</legend>
      <p className="mb-2 text-note text-ink-2">{report.messagesHint}</p>
      <div className="grid max-h-56 overflow-y-auto rounded-medium border border-line">
        {messages
          .slice(-MOST)
          .reverse()
          .map(({ seq, body, sent_at }) => (
            <label key={seq} className="flex min-h-12 cursor-pointer items-start gap-3 px-3.5 py-2.5 hover:bg-sunk">
              <input
                type="checkbox"
                checked={chosen.has(seq)}
                className="mt-0.5 size-5 shrink-0 accent-pine"
                onChange={() => toggle(seq)}
              />
              <span className="min-w-0">
                <span dir="auto" className="line-clamp-3 [overflow-wrap:anywhere]">
                  {body}
                </span>
                <span className="block text-small text-ink-2">{moment(sent_at)}</span>
              </span>
            </label>
          ))}
      </div>
    </fieldset>
  );
}
