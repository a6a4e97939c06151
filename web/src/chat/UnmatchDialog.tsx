import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { ConfirmDialog } from "../design/Dialog";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

type UnmatchDialogProps = {
  matchId: string;
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

export function UnmatchDialog({ matchId, name, onDone, ...dialog }: UnmatchDialogProps) {
  const texts = useTexts();
  const unmatch = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/matches/{id}", { params: { path: { id: matchId } } })),
    onSuccess: onDone,
    // They were quicker.
    onError: (error) => error instanceof ApiProblem && error.status === 404 && onDone(),
  });
  return (
    <ConfirmDialog
      {...dialog}
      title={texts.chat.unmatchTitle(name)}
      text={texts.chat.unmatchText(name)}
      action={texts.chat.unmatch}
      danger
      busy={unmatch.isPending}
      onConfirm={() => unmatch.mutate()}
    >
      {unmatch.error && (
        <p role="alert" className="mt-4 rounded-medium bg-ember-soft px-4 py-3 text-ember-text">
          {problemText(unmatch.error, texts).text}
        </p>
      )}
    </ConfirmDialog>
  );
}
