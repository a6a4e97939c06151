import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";

type Pages = InfiniteData<{ items: { [key: string]: unknown }[] }>;

/** Takes an entry off a list: gone at once, back if the server refuses. */
export function useRemoval(queryKey: readonly unknown[], field: string, send: (id: string) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Pages>(queryKey);
      client.setQueryData<Pages>(
        queryKey,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item[field] !== id) })),
          },
      );
      return before;
    },
    onError: (_error, _id, before) => client.setQueryData(queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
