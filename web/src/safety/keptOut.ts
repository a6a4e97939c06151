import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";

export type Sanction = Schemas["SanctionCard"];

/** Why somebody with the right password isn't let in, and the token to appeal with. */
export type KeptOut = { sanction: Sanction | undefined; token: string; forGood: boolean };

/** Reads the refusal of a login; undefined for any other. */
export function keptOutBy(error: unknown): KeptOut | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const forGood = error.code === "account_banned";
  const { sanction, appeal_token: token } = error.more;
  if ((!forGood && error.code !== "account_suspended") || typeof token !== "string") return undefined;
  return { sanction: isSanction(sanction) ? sanction : undefined, token, forGood };
}

function isSanction(value: unknown): value is Sanction {
  return typeof value === "object" && value !== null && "rule" in value && "kind" in value && "id" in value;
}
