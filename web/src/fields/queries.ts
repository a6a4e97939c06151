import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answer, api } from "../api/client";

/** Suggestions for hobbies and interests, most used first. */
export const tagsQuery = (prefix: string, limit = 14) =>
  queryOptions({
    queryKey: ["tags", prefix, limit],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/tags", { signal, params: { query: prefix ? { prefix, limit } : { limit } } })),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });

/** The place of a ZIP code; unknown ones are a refusal. */
export const zipQuery = (zip: string) =>
  queryOptions({
    queryKey: ["zip", zip],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/zip-codes/{zip}", { signal, params: { path: { zip } } })),
    enabled: isZip(zip),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How many people a radius reaches, rounded. */
export const reachQuery = (zip: string, radius: number) =>
  queryOptions({
    queryKey: ["reach", zip, radius],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/reach", { signal, params: { query: { zip, radius } } })),
    enabled: isZip(zip),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export function isZip(typed: string): boolean {
  return /^\d{5}$/.test(typed);
}

/** A value once it has been the same for a moment: typing asks once, not for each letter. */
export function useSettled<T>(value: T, milliseconds = 250): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
