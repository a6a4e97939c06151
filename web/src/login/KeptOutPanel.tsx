import { useState } from "react";
import { Button } from "../design/Button";
import type { KeptOut } from "../safety/keptOut";
import { SanctionBody } from "../safety/SanctionBody";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

/** The password was right, but a moderator keeps them out: why, until when, and the way to object. */
export function KeptOutPanel({ keptOut, onBack }: { keptOut: KeptOut; onBack: () => void }) {
  const { safety, common } = useTexts();
  const { moment } = useFormats();
  const [sanction, setSanction] = useState(keptOut.sanction);
  const until = sanction?.ends_at;
  const title = keptOut.forGood ? safety.banned : until ? safety.suspended(moment(until)) : safety.suspendedOpen;
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <h1 className="text-head">{title}</h1>
        <p className="text-ink-2">{safety.keptOutText}</p>
      </div>
      {sanction && <SanctionBody sanction={sanction} token={keptOut.token} onChange={setSanction} />}
      <Button className="justify-self-start" onClick={onBack}>
        {common.back}
      </Button>
    </div>
  );
}
