import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { ConfirmDialog } from "../design/Dialog";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

type BlockDialogProps = {
  person: { id: string; display_name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

export const block = (user_id: string) => answer(api.POST("/api/v1/blocks", { body: { user_id } }));

/** Says what a block does before it does it. */
export function BlockDialog({ person, onDone, ...dialog }: BlockDialogProps) {
  const texts = useTexts();
  const { safety } = texts;
  const blocking = useMutation({ mutationFn: () => block(person.id), onSuccess: onDone });
  return (
    <ConfirmDialog
      {...dialog}
      title={safety.block.title(person.display_name)}
      text={safety.block.text(person.display_name)}
      action={safety.block.action}
      danger
      busy={blocking.isPending}
      onConfirm={() => blocking.mutate()}
    >
      {blocking.error && (
        <p role="alert" className="mt-4 rounded-medium bg-ember-soft px-4 py-3 text-ember-text">
          {problemText(blocking.error, texts).text}
        </p>
      )}
    </ConfirmDialog>
  );
}
