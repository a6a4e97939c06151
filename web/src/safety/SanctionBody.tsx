import type { ReactNode } from "react";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { AppealForm } from "./AppealForm";
import type { Sanction } from "./keptOut";

type SanctionBodyProps = {
  sanction: Sanction;
  /** For those who can't log in. */
  token?: string;
  onChange: (sanction: Sanction) => void;
};

/** Rule, reason, evidence and times of a sanction, with what one said against it or the form to say it. */
export function SanctionBody({ sanction, token, onChange }: SanctionBodyProps) {
  const { safety } = useTexts();
  const { moment } = useFormats();
  return (
    <div className="grid gap-5">
      <dl className="grid gap-4">
        <Fact name={safety.rule}>{safety.rules[sanction.rule]}</Fact>
        <Fact name={safety.reason}>{sanction.reason}</Fact>
        <Fact name={safety.evidence}>{sanction.evidence}</Fact>
        <Fact name={safety.since}>{moment(sanction.created_at)}</Fact>
        {sanction.kind !== "warning" && (
          <Fact name={safety.until}>{sanction.ends_at ? moment(sanction.ends_at) : safety.forGood}</Fact>
        )}
      </dl>
      {sanction.appeal ? (
        <Appeal appeal={sanction.appeal} />
      ) : (
        <AppealForm sanction={sanction} onSent={onChange} {...(token ? { token } : {})} />
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-note font-semibold text-ink-2">{name}</dt>
      <dd className="whitespace-pre-line [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Appeal({ appeal }: { appeal: NonNullable<Sanction["appeal"]> }) {
  const { safety } = useTexts();
  const { moment } = useFormats();
  const { granted } = appeal;
  return (
    <div className="grid gap-2 rounded-medium bg-sunk px-4 py-3.5">
      <p className="text-note font-semibold">{safety.appeal.yours(moment(appeal.appealed_at))}</p>
      <p className="whitespace-pre-line [overflow-wrap:anywhere]">{appeal.text}</p>
      <p className="font-semibold">
        {granted == null ? safety.appeal.waiting : granted ? safety.appeal.granted : safety.appeal.refused}
      </p>
      {appeal.answer && <p className="whitespace-pre-line [overflow-wrap:anywhere]">{appeal.answer}</p>}
    </div>
  );
}
