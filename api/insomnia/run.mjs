#!/usr/bin/env node
// Sends every request of the collection to a real server, as Insomnia would: environments, template tags, tests.
//   FRIENDER_URL=http://127.0.0.1:8080 node api/insomnia/run.mjs
// Needs the packages of api/package.json: npm ci --prefix api

import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

import { parse } from 'yaml';

import { Templates } from './templates.mjs';

const HELP = `Sends every request of an Insomnia collection and runs its tests.

  node api/insomnia/run.mjs [--url URL] [--environment NAME] [--set NAME=VALUE]… [FILE]

  --url URL             where Friender answers (or FRIENDER_URL; default: the environment's base_url)
  --environment NAME    which of the collection's environments (default "Local demo")
  --set NAME=VALUE      another value for a variable of the environment
  FILE                  the collection (default api/friender.insomnia.yaml)`;

const fail = (message) => {
  console.error(message);
  process.exit(2);
};

function options(given) {
  const found = { environment: 'Local demo', file: fileURLToPath(new URL('../friender.insomnia.yaml', import.meta.url)) };
  found.values = { project: fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '') };
  let url = process.env.FRIENDER_URL;
  const next = (option) => given.shift() ?? fail(`${option} needs a value.`);
  while (given.length > 0) {
    const option = given.shift();
    if (option === '--help') { console.log(HELP); process.exit(0); }
    if (option === '--url') url = next(option);
    else if (option === '--environment') found.environment = next(option);
    else if (option === '--set') {
      const [name, ...value] = next(option).split('=');
      found.values[name] = value.join('=');
    } else if (option.startsWith('--')) fail(`${option} is unknown.\n\n${HELP}`);
    else found.file = option;
  }
  if (url) found.values.base_url = url.replace(/\/$/, '');
  return found;
}

/** The environment of that name upon the base one, and what was set by hand upon both. */
function variables({ data, subEnvironments }, { environment, values }) {
  const chosen = subEnvironments.find(({ name }) => name === environment);
  if (!chosen) fail(`There is no environment "${environment}".`);
  return { ...data, ...chosen.data, ...values };
}

/** Every request of a folder and its folders, in Insomnia's order. */
const inOrder = (items) =>
  [...items].sort((a, b) => a.meta.sortKey - b.meta.sortKey).flatMap((item) => (item.children ? inOrder(item.children) : [item]));

const TYPES = { '.jpg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp' };

async function part(form, { name, value, type, fileName }) {
  if (type !== 'file') return form.append(name, value);
  const file = new Blob([await readFile(fileName)], { type: TYPES[extname(fileName)] ?? 'application/octet-stream' });
  form.append(name, file, basename(fileName));
}

async function content(body) {
  if (!body) return undefined;
  if (body.fileName) return readFile(body.fileName);
  if (!body.params) return body.text;
  const form = new FormData();
  for (const each of body.params) await part(form, each);
  return form;
}

/** Sends a request whose templates are filled in. */
async function send(request) {
  const headers = new Headers((request.headers ?? []).map(({ name, value }) => [name, value]));
  if (request.authentication.type === 'bearer') headers.set('Authorization', `Bearer ${request.authentication.token}`);
  const url = new URL(request.url);
  for (const { name, value } of request.parameters ?? []) url.searchParams.append(name, value);
  const body = await content(request.body);
  const response = await fetch(url, { method: request.method, headers, body, redirect: 'manual' }).catch((error) =>
    fail(`No answer from ${url.origin}: ${error.cause?.message ?? error.message}`));
  const text = Buffer.from(await response.arrayBuffer()).toString();
  return { code: response.status, text, at: Date.now(), json: () => JSON.parse(text) };
}

/** The tests of a request that an answer fails. */
function failures(request, response) {
  const failed = [];
  const assert = (holds, message) => {
    if (!holds) throw new Error(message);
  };
  const expect = (value) => ({
    to: {
      eql: (wanted) => assert(value === wanted, `${JSON.stringify(value)} is not ${JSON.stringify(wanted)}`),
      include: (wanted) => assert(value.includes(wanted), `${JSON.stringify(wanted)} is none of ${value}`),
    },
  });
  const test = (name, run) => {
    try { run(); } catch (error) { failed.push(`${name}: ${error.message}`); }
  };
  vm.runInNewContext(request.scripts.afterResponse, { insomnia: { test, expect, response } });
  return failed;
}

async function main() {
  const chosen = options(process.argv.slice(2));
  const collection = parse(await readFile(chosen.file, 'utf8'));
  const all = inOrder(collection.collection);
  const broken = new Set();
  const perform = async (request) => {
    const filled = await templates.fill(request);
    const response = await send(filled);
    const failed = failures(filled, response);
    console.log(`${response.code} ${request.method.padEnd(6)} ${request.name}`);
    if (failed.length > 0) {
      broken.add(request.name);
      console.log(`${failed.map((line) => `    ${line}\n`).join('')}    ${filled.url}\n    ${response.text.slice(0, 1000)}`);
    }
    return response;
  };
  const templates = new Templates(variables(collection.environments, chosen), all, perform);
  for (const request of all) await templates.once(request);
  console.log(`\n${all.length} requests, ${broken.size} failed.`);
  if (broken.size > 0 || all.length === 0) process.exitCode = 1;
}

await main();
