import { answer, api } from "../api/client";
import { ApiProblem, UNREACHABLE } from "../api/problem";
import { session } from "../api/session";

export type NewAccount = { username: string; password: string; email?: string };
export type Made = { userId: string; asksBirthDate: boolean };

/** Makes the account and signs in so that a reload stays signed in. */
export async function makeAccount(account: NewAccount): Promise<Made> {
  const { username, password } = account;
  const first = await signUp(account);
  const signedIn = await answer(api.POST("/api/v1/login", { body: { username, password, refresh: "cookie" } }));
  if (first) await endQuietly(first);
  session.begin(signedIn.access_token);
  return { userId: signedIn.user.id, asksBirthDate: signedIn.user.missing.includes("birth_date") };
}

// The answer to a sign-up was lost: it may have been made all the same.
let unsure: string | undefined;

/** The token of the session that comes with a sign-up; none if it was made before. */
async function signUp(account: NewAccount): Promise<string | undefined> {
  try {
    const { access_token } = await answer(api.POST("/api/v1/users", { body: account }));
    return access_token;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === "username_taken" && unsure === account.username && (await fits(account))) return undefined;
    unsure = error.code === UNREACHABLE ? account.username : undefined;
    throw error;
  }
}

const fits = ({ username, password }: NewAccount) =>
  api.POST("/api/v1/login", { body: { username, password, refresh: "cookie" } }).then(
    () => true,
    () => false,
  );

/** Its refresh token isn't kept: nobody could use that session. Without cookies, lest they be cleared. */
async function endQuietly(token: string) {
  const headers = { Authorization: `Bearer ${token}` };
  await fetch("/api/v1/logout", { method: "POST", headers, credentials: "omit" }).catch(() => undefined);
}
