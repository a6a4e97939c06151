import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { tell } from "../api/people-channel";
import { meQuery } from "../api/queries";
import { useTexts } from "../texts";

/** How many people a radius reaches, roughly. */
export const reachQuery = (zip: string | null | undefined, radius: number) =>
  queryOptions({
    queryKey: ["reach", zip, radius],
    enabled: Boolean(zip),
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/reach", { signal, params: { query: { zip: zip ?? "", radius } } })),
  });

/** "About 340", "Fewer than 10": the server says "under 10" below ten. */
export function useAbout() {
  const { deck } = useTexts();
  return (about: string) => (/^\d/.test(about) ? deck.about(about) : deck.underTen);
}

/** Sets one's radius; the deck starts anew, in all tabs. */
export function useRadius() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (friend_radius: number) => answer(api.PATCH("/api/v1/me", { body: { friend_radius } })),
    onSuccess: ({ user }) => {
      client.setQueryData(meQuery.queryKey, user);
      tell({ kind: "anew" });
    },
  });
}
