#!/usr/bin/env node
// Your photos on a Friender server: upload, list, download, delete. Needs Node 20 and nothing else.

import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Your photos on a Friender server.

  photos.mjs upload FILE|FOLDER...   through the server, several photos in a request
  photos.mjs direct FILE|FOLDER...   straight to the photo store, by a signed URL for each photo
  photos.mjs list
  photos.mjs download FOLDER [KEY...]  all photos, or those
  photos.mjs delete KEY...|--all

A folder stands for the JPEG, PNG and WebP pictures in it and in its folders. Each file has a result of its own; the exit
code is 1 if one of them failed.

Settings, by option or environment:
  --url URL              FRIENDER_URL        where Friender answers (default http://127.0.0.1:8080)
  --username NAME        FRIENDER_USERNAME   who you are
                         FRIENDER_PASSWORD   your password`;

const TYPES = { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp' };
const AT_ONCE = 5; // photos in one request
const PATIENCE = 60_000; // milliseconds to wait for an answer

/** The server's or the store's no, in its own words. */
class Refused extends Error {}

const contentType = (file) => TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** One request; comes back later when it is told to (429, 503). */
async function send(url, init, attempt = 0) {
  let response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Refused(`no answer from ${new URL(url).host}: ${error.cause?.message ?? error.message}`);
  }
  if (response.ok) return response;
  if ([429, 503].includes(response.status) && attempt < 3) {
    await pause(Math.min(Number(response.headers.get('retry-after') ?? 1), 30));
    return send(url, init, attempt + 1);
  }
  throw new Refused(reason(response.status, await response.text()));
}

/** What an error answer says: its detail, and what it says of each file. */
function reason(status, text) {
  try {
    const problem = JSON.parse(text);
    const errors = (problem.errors ?? []).map((error) => error.detail).join(' ');
    return `${errors || problem.detail} (${status} ${problem.code})`;
  } catch {
    return `status ${status}`;
  }
}

/** The API, signed in. */
class Friender {
  static async logIn(url, username, password) {
    const server = new Friender();
    server.api = `${url.replace(/\/+$/, '')}/api/v1`;
    server.headers = {};
    const { token } = await server.json('POST', '/login', { username, password });
    server.headers = { Authorization: `Bearer ${token}` };
    return server;
  }

  async json(method, path, body) {
    const headers = body ? { ...this.headers, 'Content-Type': 'application/json' } : this.headers;
    const response = await send(this.api + path, { method, headers, body: body && JSON.stringify(body) });
    return response.status === 204 ? undefined : response.json();
  }

  /** Sends photos in one form; gives each one's result. */
  async upload(files) {
    const form = new FormData();
    for (const file of files) {
      form.append('file', new Blob([await readFile(file)], { type: contentType(file) }), path.basename(file));
    }
    const response = await send(`${this.api}/upload`, { method: 'POST', headers: this.headers, body: form });
    return (await response.json()).files;
  }

  /** Sends one photo to the store itself, then has it looked at; gives its key. */
  async direct(file) {
    const body = await readFile(file);
    const wanted = { filename: path.basename(file), content_type: contentType(file), size: body.length };
    const target = await this.json('POST', '/upload-url', wanted);
    // Exactly these headers: they are part of the signature.
    await send(target.presigned_url, { method: target.method, headers: target.headers, body });
    return (await this.json('POST', '/files', { file_key: target.file_key })).key;
  }

  async files() {
    return (await this.json('GET', '/files')).files;
  }

  async download(key) {
    const { presigned_url: url } = await this.json('POST', '/download-url', { file_key: key });
    return Buffer.from(await (await send(url, {})).arrayBuffer());
  }

  /** In paths the key's UUID is enough. */
  delete(key) {
    return this.json('DELETE', `/files/${path.parse(key).name}`);
  }
}

/** Every file that is named, and every picture in the folders that are. */
async function pictures(names) {
  const found = [];
  for (const name of names) {
    const kind = await stat(name).catch(() => usage(`${name}: there is no such file or folder`));
    if (!kind.isDirectory()) {
      found.push(name);
      continue;
    }
    const entries = await readdir(name, { recursive: true, withFileTypes: true });
    const inside = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
    const wanted = inside.filter((file) => path.extname(file).toLowerCase() in TYPES).sort();
    if (wanted.length < inside.length) {
      console.error(`${name}: ${inside.length - wanted.length} files are no pictures: left out`);
    }
    found.push(...wanted);
  }
  return found;
}

/** Does something with each item and says what came of it; gives how many failed. */
async function each(items, work) {
  let failed = 0;
  for (const item of items) {
    try {
      console.log(await work(item));
    } catch (error) {
      if (!(error instanceof Refused) && !error.code) throw error;
      failed += 1;
      console.error(`${item}: ${error.message}`);
    }
  }
  return failed;
}

async function upload(server, files) {
  let failed = 0;
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    let results;
    try {
      results = await server.upload(some);
    } catch (error) { // none of them was kept; each is named
      if (!(error instanceof Refused)) throw error;
      failed += some.length;
      console.error(error.message);
      continue;
    }
    results.forEach((result, n) => {
      if (result.uploaded) return console.log(`${some[n]}: kept as ${result.key}`);
      failed += 1;
      console.error(`${result.error.message} (${result.error.code})`);
    });
  }
  return failed;
}

async function show(server) {
  const files = await server.files();
  for (const { key, size, width, height, filename } of files) {
    console.log(`${key}  ${String(size).padStart(9)} bytes  ${width}x${height}  ${filename}`);
  }
  console.log(`${files.length} files`);
}

async function download(server, folder, keys) {
  await mkdir(folder, { recursive: true });
  const wanted = keys.length > 0 ? keys : (await server.files()).map((file) => file.key);
  return each(wanted, async (key) => {
    const target = path.join(folder, path.basename(key));
    await writeFile(target, await server.download(key));
    return `${key}: saved as ${target}`;
  });
}

async function remove(server, keys) {
  return each(keys, async (key) => {
    await server.delete(key);
    return `${key}: deleted`;
  });
}

function usage(message) {
  console.error(`${message}\n\n${HELP}`);
  process.exit(2);
}

function given() {
  const options = { url: { type: 'string' }, username: { type: 'string' }, all: { type: 'boolean' }, help: { type: 'boolean' } };
  const { values, positionals } = (() => {
    try {
      return parseArgs({ options, allowPositionals: true });
    } catch (error) {
      return usage(error.message);
    }
  })();
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  return { ...values, command: positionals[0], names: positionals.slice(1) };
}

async function main() {
  const { command, names, all, url, username } = given();
  const isRight = {
    upload: names.length > 0,
    direct: names.length > 0,
    list: names.length === 0,
    download: names.length > 0,
    delete: names.length > 0 !== Boolean(all),
  }[command];
  if (!isRight) usage(command ? `${command}: not like this` : 'Say what to do.');
  const name = username ?? process.env.FRIENDER_USERNAME ?? usage('Say who you are: --username or FRIENDER_USERNAME.');
  const password = process.env.FRIENDER_PASSWORD ?? usage('Set FRIENDER_PASSWORD.');
  const files = ['upload', 'direct'].includes(command) ? await pictures(names) : [];
  const server = await Friender.logIn(url ?? process.env.FRIENDER_URL ?? 'http://127.0.0.1:8080', name, password);
  const commands = {
    upload: () => upload(server, files),
    direct: () => each(files, async (file) => `${file}: kept as ${await server.direct(file)}`),
    list: () => show(server),
    download: () => download(server, names[0], names.slice(1)),
    delete: async () => remove(server, all ? (await server.files()).map((file) => file.key) : names),
  };
  if (await commands[command]()) process.exitCode = 1;
}

await main().catch((error) => {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
