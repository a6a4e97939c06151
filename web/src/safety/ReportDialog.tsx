import { useState } from "react";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useTexts } from "../texts";
import { type Reported, ReportForm, type ReportOutcome } from "./ReportForm";

type ReportDialogProps = Reported & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Closed after they were blocked along with the report. */
  onBlocked?: () => void;
};

/** A report, and what becomes of it. */
export function ReportDialog({ person, messages, open, onOpenChange, onBlocked }: ReportDialogProps) {
  const { report } = useTexts().safety;
  const [outcome, setOutcome] = useState<ReportOutcome>();
  const name = person.display_name;
  const change = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setOutcome(undefined);
    if (outcome === "blocked") onBlocked?.();
  };
  if (!outcome) {
    return (
      <Dialog open={open} onOpenChange={change} title={report.title(name)} text={report.text(name)}>
        <ReportForm person={person} messages={messages} onSent={setOutcome} />
      </Dialog>
    );
  }
  const more = { sent: "", blocked: report.blocked(name), notBlocked: report.blockFailed(name) }[outcome];
  return (
    <Dialog open={open} onOpenChange={change} title={report.sentTitle} text={`${report.sent} ${more}`}>
      <div className="mt-6 flex justify-end">
        <Button kind="main" onClick={() => change(false)}>
          {report.done}
        </Button>
      </div>
    </Dialog>
  );
}
