import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { renewIn } from "../api/presigned";
import { ApiProblem } from "../api/problem";
import { queryClient } from "../api/query";
import { inOrder } from "./order";
import { useLeaving } from "./removal";
import { type FileCard, isPhoto, photoOf } from "./send";
import { tell } from "./trouble";

const KEY = ["files"];

/** One's own photos, in their order. */
export const filesQuery = queryOptions({
  queryKey: KEY,
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/files", { signal }))).files.filter(isPhoto),
  refetchInterval: ({ state }) => renewIn((state.data ?? []).flatMap(({ urls }) => urls?.medium ?? [])),
});

/** The same, without those that are just being removed. */
export function usePhotos() {
  const { data, error, refetch } = useQuery(filesQuery);
  const leaving = useLeaving();
  return { photos: data?.filter(({ id }) => !leaving.has(id)), error, refetch };
}

export const shownFiles = () => queryClient.getQueryData<FileCard[]>(KEY) ?? [];

export function showFiles(change: (files: FileCard[]) => FileCard[]) {
  queryClient.setQueryData<FileCard[]>(KEY, (files) => change(files ?? []));
}

/** Others' pages show the photos, too: one's own card. */
export function photosChanged() {
  void queryClient.invalidateQueries({ queryKey: ["me"] });
}

export const orderOf = (ids: string[]) => answer(api.PUT("/api/v1/files/order", { body: { keys: ids } }));

/** A new order: shown at once, taken back if it can't be kept. */
export function useArrange() {
  return useMutation({
    scope: { id: "files" },
    mutationFn: orderOf,
    onMutate: async (ids) => {
      tell(undefined);
      await queryClient.cancelQueries({ queryKey: KEY });
      const before = shownFiles().map(({ id }) => id);
      showFiles((files) => inOrder(files, ids));
      return before;
    },
    onError: (error, _, before) => {
      if (before) showFiles((files) => inOrder(files, before));
      tell({ what: "order", error });
    },
    onSuccess: ({ files }) => {
      // Whoever has chosen no profile image has the first photo as theirs.
      const chosen = new Set(files.filter((file) => file.is_profile_image).map(({ id }) => id));
      showFiles((shown) => shown.map((file) => ({ ...file, is_profile_image: chosen.has(file.id) })));
      photosChanged();
    },
  });
}

type Change = { id: string; caption?: string; is_profile_image?: true };

const changeFile = ({ id, ...body }: Change) =>
  answer(api.PATCH("/api/v1/files/{key}", { params: { path: { key: id } }, body }));

/** A caption, or the choice of the profile image. */
export function useChange() {
  return useMutation({
    scope: { id: "files" },
    mutationFn: changeFile,
    onMutate: async (change) => {
      tell(undefined);
      await queryClient.cancelQueries({ queryKey: KEY });
      const before = shownFiles();
      showFiles((files) => files.map((file) => changed(file, change)));
      return before;
    },
    onError: (error, { caption }, before) => {
      if (before) showFiles(() => before);
      tell({ what: caption === undefined ? "profile" : "caption", error });
    },
    onSuccess: photosChanged,
  });
}

/** There is one profile image. */
function changed(file: FileCard, { id, ...change }: Change): FileCard {
  if (file.id === id) return { ...file, ...change };
  return change.is_profile_image ? { ...file, is_profile_image: false } : file;
}

/** A photo that took another's place: its caption, its role, its place, and only then the other goes. */
export async function takeOver(card: FileCard, old: FileCard): Promise<FileCard> {
  const change: Change = { id: card.id };
  if (old.caption) change.caption = old.caption;
  if (old.is_profile_image) change.is_profile_image = true;
  const next = change.caption || change.is_profile_image ? photoOf(await changeFile(change)) : card;
  await orderOf(shownFiles().map(({ id }) => (id === old.id ? card.id : id)));
  await removeFile(old.id);
  return next;
}

/** Gone already is as good. */
export async function removeFile(id: string): Promise<void> {
  try {
    await api.DELETE("/api/v1/files/{key}", { params: { path: { key: id } } });
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 404)) throw error;
  }
}
