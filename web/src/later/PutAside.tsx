import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { Link, useNavigate } from "react-router";
import { answer, api, type Schemas } from "../api/client";
import { tell } from "../api/people-channel";
import { laterQuery } from "../api/queries";
import { Button } from "../design/Button";
import { Portrait } from "../design/PhotoImage";
import { nameAndAge, whereOf } from "../profile/shown";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

type Person = Schemas["PersonCard"];

/** One of them, to be decided now or shown on the deck again. */
export function PutAside({ person }: { person: Person }) {
  const texts = useTexts();
  const { common, deck } = texts;
  const { decide, putBack, error, busy } = useVerdict(person);
  const where = whereOf(person, common);
  return (
    <li className="grid grid-cols-1 gap-3 rounded-medium border border-line bg-surface p-4">
      <Link to={`/people/${person.id}`} className="flex items-center gap-3 rounded-small">
        <Portrait src={person.image_urls[0]} name={person.display_name} className="size-14" />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{nameAndAge(person)}</span>
          <span className="block truncate text-note text-ink-2">{where}</span>
        </span>
      </Link>
      <div className="flex flex-wrap gap-2">
        <Button size="small" kind="main" disabled={busy} onClick={() => decide(true)}>
          <Hand aria-hidden size={18} strokeWidth={2.1} />
          {deck.hi}
        </Button>
        <Button size="small" disabled={busy} onClick={() => decide(false)}>
          {deck.pass}
        </Button>
        <Button size="small" kind="quiet" disabled={busy} onClick={putBack}>
          {deck.laterPage.back}
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-note text-ember-text">
          {deck.laterPage.failed(problemText(error, texts).text)}
        </p>
      )}
    </li>
  );
}

function useVerdict(person: Person) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const settled = () => client.invalidateQueries({ queryKey: laterQuery.queryKey });
  const verdict = useMutation({
    mutationFn: (liked: boolean) => answer(api.POST("/api/v1/likes", { body: { user_id: person.id, liked } })),
    onSuccess: async ({ match }) => {
      tell({ kind: "gone", personId: person.id });
      await settled();
      if (!match) return;
      client.setQueryData(["match", match.id], match);
      await navigate(`/match/${match.id}`);
    },
  });
  const back = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/later/{user_id}", { params: { path: { user_id: person.id } } })),
    onSuccess: async () => {
      tell({ kind: "back", personId: person.id });
      tell({ kind: "anew" });
      await settled();
    },
  });
  return {
    decide: verdict.mutate,
    putBack: () => back.mutate(),
    error: verdict.error ?? back.error,
    busy: verdict.isPending || back.isPending,
  };
}
