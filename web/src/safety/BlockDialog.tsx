import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { tell } from "../api/people-channel";
import { queryClient } from "../api/query";
import { ConfirmDialog } from "../design/Dialog";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

type BlockDialogProps = {
  person: { id: string; display_name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

const LISTS = ["later", "hellos", "conversations", "settings"];

/** Blocks somebody: the deck and all lists forget them. */
export async function block(user_id: string) {
  await answer(api.POST("/api/v1/blocks", { body: { user_id } }));
  tell({ kind: "gone", personId: user_id });
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => LISTS.includes(String(queryKey[0])) });
}

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
