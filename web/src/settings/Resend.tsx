import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { Button } from "../design/Button";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { useTexts } from "./words";

/** Mails the confirmation again, and says how often that still goes. */
export function Resend() {
  const texts = useTexts();
  const { email } = texts.settings;
  const { number } = useFormats();
  const resend = useMutation({ mutationFn: () => answer(api.POST("/api/v1/email/resend")) });
  return (
    <div className="grid gap-2">
      <Button size="small" className="justify-self-start" disabled={resend.isPending} onClick={() => resend.mutate()}>
        {email.resend}
      </Button>
      {resend.data && (
        <p role="status" className="text-note text-pine-text">
          {resend.data.left > 0 ? email.resentLeft(number(resend.data.left)) : email.resent}
        </p>
      )}
      {resend.error && (
        <p role="alert" className="text-note text-ember-text">
          {told(resend.error)}
        </p>
      )}
    </div>
  );

  function told(error: unknown): string {
    if (!(error instanceof ApiProblem)) return problemText(error, texts).text;
    if (error.code === "nothing_to_confirm") return email.nothingToConfirm;
    return error.code === "too_many_mails" ? error.detail : problemText(error, texts).text;
  }
}
