import { type FormEvent, useState } from "react";
import { answer, api, type Schemas } from "../api/client";
import { Button } from "../design/Button";
import { TextArea } from "../design/Field";
import { type Texts, useTexts } from "../texts";
import { problemText } from "../texts/problems";
import { block } from "./BlockDialog";
import { MessageChoice } from "./MessageChoice";
import { PhotoChoice } from "./PhotoChoice";

export type Reported = {
  person: { id: string; display_name: string; image_urls?: readonly string[] };
  /** What they wrote, the oldest first: offered to be shown with the report. */
  messages?: readonly Schemas["MessageCard"][];
};
export type ReportOutcome = "sent" | "blocked" | "notBlocked";
type Reason = Schemas["Ground"];

const MOST_DETAIL = 2000;

export function ReportForm({ person, messages = [], onSent }: Reported & { onSent: (outcome: ReportOutcome) => void }) {
  const texts = useTexts();
  const { report } = texts.safety;
  const [reason, setReason] = useState<Reason>();
  const [seqs, setSeqs] = useState<ReadonlySet<number>>(new Set());
  const [photos, setPhotos] = useState<ReadonlySet<string>>(new Set());
  const [detail, setDetail] = useState("");
  const [alsoBlock, setAlsoBlock] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const tooLong = [...detail].length > MOST_DETAIL;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = reason ? reason === "other" && detail.trim() === "" && report.detailMissing : report.groundMissing;
    setProblem(missing || undefined);
    if (!reason || missing || tooLong) return;
    setBusy(true);
    try {
      const body = {
        user_id: person.id,
        reason,
        detail: detail.trim() || null,
        message_seqs: [...seqs],
        photos: [...photos],
      };
      await answer(api.POST("/api/v1/reports", { body }));
    } catch (error) {
      setProblem(problemText(error, texts).text);
      setBusy(false);
      return;
    }
    onSent(alsoBlock ? await blocked(person.id) : "sent");
  };

  return (
    <form noValidate className="mt-5 grid gap-6" onSubmit={(event) => void send(event)}>
      <Reasons words={texts.safety} chosen={reason} onChoose={setReason} />
      <PhotoChoice person={person} chosen={photos} onChange={setPhotos} />
      {messages.length > 0 && <MessageChoice messages={messages} chosen={seqs} onChange={setSeqs} />}
      <TextArea
        label={report.detail}
        optional
        rows={3}
        value={detail}
        hint={report.detailHint}
        error={tooLong ? report.detailTooLong : undefined}
        onChange={(event) => setDetail(event.target.value)}
      />
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={alsoBlock}
          className="size-5 accent-pine"
          onChange={(event) => setAlsoBlock(event.target.checked)}
        />
        {report.block(person.display_name)}
      </label>
      {problem && (
        <p role="alert" className="rounded-medium bg-ember-soft px-4 py-3 text-ember-text">
          {problem}
        </p>
      )}
      <Button type="submit" kind="main" disabled={busy}>
        {busy ? report.sending : report.send}
      </Button>
    </form>
  );
}

async function blocked(id: string): Promise<ReportOutcome> {
  try {
    await block(id);
    return "blocked";
  } catch {
    return "notBlocked";
  }
}

type ReasonsProps = { words: Texts["safety"]; chosen: Reason | undefined; onChoose: (reason: Reason) => void };

function Reasons({ words, chosen, onChoose }: ReasonsProps) {
  return (
    <fieldset className="grid">
      <legend className="mb-1 text-note font-semibold">{words.report.ground}</legend>
      {(Object.entries(words.grounds) as [Reason, string][]).map(([reason, text]) => (
        <label key={reason} className="flex min-h-11 cursor-pointer items-center gap-3 rounded-small hover:bg-sunk">
          <input
            type="radio"
            name="reason"
            value={reason}
            checked={chosen === reason}
            className="size-5 shrink-0 accent-pine"
            onChange={() => onChoose(reason)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
