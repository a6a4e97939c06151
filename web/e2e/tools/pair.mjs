// Two people who both said hi.
import { call, newPerson } from "./api.mjs";

/** {one, other, matchId}; the fields of each can be given. */
export async function newPair(fields = {}, otherFields = {}) {
  const [one, other] = await Promise.all([
    newPerson({ display_name: "Ruth", ...fields }),
    newPerson({ display_name: "Tomás", ...otherFields }),
  ]);
  await call("POST", "/likes", { token: one.token, body: { user_id: other.user.id, liked: true } });
  const { match } = await call("POST", "/likes", { token: other.token, body: { user_id: one.user.id, liked: true } });
  return { one, other, matchId: match.id };
}

/** Writes over the API, in order. */
export async function write(person, matchId, ...bodies) {
  for (const body of bodies) {
    const message = { body, client_id: crypto.randomUUID() };
    await call("POST", `/matches/${matchId}/messages`, { token: person.token, body: message });
  }
}
