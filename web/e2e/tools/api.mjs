// The API without a browser, to prepare what a story needs.
import { randomUUID } from "node:crypto";
import { WEB_URL } from "./browser.mjs";

/** Calls the API; throws on anything but a success. */
export async function call(method, path, { token, body, headers } = {}) {
  const response = await fetch(`${WEB_URL}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** A new account with a complete profile: {token, user, login, password}. */
export async function newPerson(fields = {}) {
  const login = fields.username ?? `e2e${randomUUID().slice(0, 8)}`;
  const password = "long-enough-for-friends-7";
  const body = {
    username: login,
    password,
    location: "10003",
    friend_radius: 25,
    hobbies: ["climbing", "board games"],
    interests: ["jazz"],
    birth_date: "1990-05-05",
    bio: "Here to test the pages.",
    ...fields,
  };
  const { token, user } = await call("POST", "/users", { body });
  return { token, user, login, password };
}
