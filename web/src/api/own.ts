import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "./client";
import { tell } from "./people-channel";
import { meQuery } from "./queries";

type Own = Schemas["OwnCard"];

/** A change of oneself: shown at once, taken back if the server refuses. */
function useOwn<T>(send: (value: T) => Promise<Own | undefined>, shown: (value: T) => Partial<Own>) {
  const client = useQueryClient();
  const put = (fields: Partial<Own>) =>
    client.setQueryData(meQuery.queryKey, (own) => (own ? { ...own, ...fields } : own));
  return useMutation({
    mutationFn: send,
    onMutate: async (value) => {
      await client.cancelQueries({ queryKey: meQuery.queryKey });
      const before = client.getQueryData(meQuery.queryKey);
      put(shown(value));
      return before;
    },
    onError: (_error, value, before) => {
      if (!before) return;
      const keys = Object.keys(shown(value)) as (keyof Own)[];
      put(Object.fromEntries(keys.map((key) => [key, before[key]])));
    },
    onSuccess: (own) => {
      if (own) put(own);
      tell({ kind: "anew" });
    },
  });
}

/** Hides oneself from everybody new, or shows oneself again. */
export function usePause() {
  return useOwn<boolean>(
    async (paused) => {
      await answer(api.PUT("/api/v1/me/pause", { body: { paused } }));
      return undefined;
    },
    (paused) => ({ paused }),
  );
}

/** How far one goes. */
export function useRadius() {
  return useOwn<number>(
    async (friend_radius) => (await answer(api.PATCH("/api/v1/me", { body: { friend_radius } }))).user,
    (miles) => ({ friend_radius: miles, effective_radius: miles }),
  );
}

/** What others read of one's place. */
export function usePlaceShown() {
  return useOwn<Schemas["PlaceShown"]>(
    async (place_shown) => (await answer(api.PATCH("/api/v1/me", { body: { place_shown } }))).user,
    (place_shown) => ({ place_shown }),
  );
}
