// Insomnia's templates, as far as the collection uses them: values of the environment, `response`, `uuid` and `now`.
// Anything else is an error, so that nothing is ever sent with a hole in it.

import { randomUUID } from 'node:crypto';

const TEMPLATE = /\{\{\s*_\.(\w+)\s*\}\}|\{%\s*(\w+)\s*(.*?)\s*%\}/;

export class Templates {
  #variables;
  #requests;
  #perform;
  #answers = new Map();

  /** `perform` fills a request's templates, sends it and gives the answer. */
  constructor(variables, requests, perform) {
    this.#variables = variables;
    this.#requests = new Map(requests.map((request) => [request.meta.id, request]));
    this.#perform = perform;
  }

  /** Sends a request unless it was sent already. */
  async once(request) {
    return this.#answers.get(request.meta.id) ?? this.#again(request);
  }

  async #again(request) {
    const answer = await this.#perform(request);
    this.#answers.set(request.meta.id, answer);
    return answer;
  }

  /** A copy of any value with all templates in its texts filled in; scripts stay as they are. */
  async fill(value) {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return Promise.all(value.map((item) => this.fill(item)));
    if (value === null || typeof value !== 'object') return value;
    const filled = {};
    for (const [key, item] of Object.entries(value)) {
      filled[key] = key === 'scripts' || key === 'meta' ? item : await this.fill(item);
    }
    return filled;
  }

  async #text(text) {
    const found = TEMPLATE.exec(text);
    if (!found) {
      if (/\{[{%]/.test(text)) throw new Error(`a template that nobody understands: ${text}`);
      return text;
    }
    const [whole, variable, tag, rest] = found;
    const value = variable ? await this.#variable(variable) : await this.#tag(tag, rest);
    return text.slice(0, found.index) + value + (await this.#text(text.slice(found.index + whole.length)));
  }

  #variable(name) {
    if (!(name in this.#variables)) throw new Error(`the environment has no ${name}`);
    return this.#text(String(this.#variables[name]));
  }

  #tag(name, rest) {
    const given = [...rest.matchAll(/'([^']*)'|(\d+)/g)].map(([, text, number]) => text ?? Number(number));
    if (name === 'uuid') return randomUUID();
    if (name === 'now' && given[0] === 'millis') return String(Date.now());
    if (name === 'response' && given[0] === 'body') return this.#answer(...given.slice(1));
    throw new Error(`a tag that nobody understands: ${name} ${rest}`);
  }

  async #answer(id, filter, resend, seconds) {
    const request = this.#requests.get(id);
    if (!request) throw new Error(`there is no request ${id}`);
    const last = this.#answers.get(id);
    const isOld = resend === 'always' || (resend === 'when-expired' && last && Date.now() - last.at > seconds * 1000);
    const { json } = isOld ? await this.#again(request) : await this.once(request);
    const path = Buffer.from(/^b64::(.*)::46b$/.exec(filter)[1], 'base64').toString();
    return select(json(), path, id);
  }
}

/** What a simple JSONPath ($.a.b[0].c) leads to. */
function select(value, path, id) {
  if (!/^\$(\.\w+|\[\d+\])+$/.test(path)) throw new Error(`a path that nobody understands: ${path}`);
  const found = [...path.matchAll(/\w+/g)].reduce((at, [name]) => at?.[name], value);
  if (found === undefined || found === null) throw new Error(`the answer of ${id} has nothing at ${path}`);
  return String(found);
}
