#!/usr/bin/env node
// Writes api/friender.insomnia.yaml, an Insomnia v5 collection, from api/openapi.json and requests.mjs.
//   node api/insomnia/generate.mjs            writes it
//   node api/insomnia/generate.mjs --check    fails if the file is not what would be written

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { operations } from './operations.mjs';
import { requests } from './requests.mjs';
import { answer, env } from './tags.mjs';
import { toYaml } from './yaml.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TARGET = here('../friender.insomnia.yaml');
const PHOTOS = {
  photo: 'api/examples/curl/photos/ada.jpg',
  second_photo: 'seed/portraits/abby.ct-1.webp',
  third_photo: 'seed/portraits/abby.ct-2.webp',
  direct_photo: 'seed/portraits/abby.ct-3.webp',
  profile_photo: 'seed/portraits/abdul.r-1.webp',
};

const document = JSON.parse(readFileSync(here('../openapi.json'), 'utf8'));
const known = operations(document);

/** Tests run in Insomnia after each answer, and by run.mjs. */
function script(statuses, check) {
  const code = 'insomnia.response.code';
  const wanted = statuses.length === 1 ? `${code}).to.eql(${statuses[0]}` : `[${statuses}]).to.include(${code}`;
  const title = statuses.length === 1 ? `answers ${statuses[0]}` : 'answers as documented';
  const lines = [`insomnia.test('${title}', () => {`, `  insomnia.expect(${wanted});`, '});'];
  if (check) lines.push("insomnia.test('says what is expected', () => {", `  ${check}`, '});');
  return lines.join('\n');
}

function body({ body, form, files, binary }) {
  const file = (fileName) => ({ name: 'file', type: 'file', fileName });
  if (binary) return { mimeType: 'application/octet-stream', fileName: binary };
  if (form || files) {
    const texts = Object.entries(form ?? {}).map(([name, value]) => ({ name, value }));
    return { mimeType: 'multipart/form-data', params: [...texts, ...(files ?? []).map(file)] };
  }
  if (!body) return undefined;
  // A number that comes from an answer stands in the JSON without quotes.
  const text = JSON.stringify(body, null, 2).replace(/\{\s*"number": "([^"]*)"\s*\}/g, '$1');
  return { mimeType: 'application/json', text };
}

const withoutGaps = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** One request, as the collection holds it. */
function entry(request, sortKey) {
  const operation = known.get(request.operation);
  const id = request.id ?? request.operation;
  const values = { ...operation?.path, ...request.path };
  const url = request.url ?? env('base_url') + operation.url.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const token = request.token ?? env(request.as === 'bob' ? 'bob_token' : 'token');
  const isPublic = !operation || (operation.isPublic && !request.token);
  const sent = body(request);
  return withoutGaps({
    name: request.name ?? operation.summary,
    meta: withoutGaps({ id: `req_${id}`, description: operation?.description, sortKey }),
    method: request.method ?? operation.method,
    url,
    parameters: request.query && Object.entries(request.query).map(([name, value]) => ({ name, value })),
    headers: headers(request, sent),
    body: sent,
    authentication: isPublic ? { type: 'none' } : { type: 'bearer', token },
    scripts: { afterResponse: script(request.statuses ?? [request.status ?? operation?.status ?? 200], request.check) },
    // A signed URL must go out as it came.
    settings: operation ? undefined : {
      renderRequestBody: true, encodeUrl: false, followRedirects: 'off', rebuildPath: false,
      cookies: { send: false, store: false },
    },
  });
}

function headers(request, sent) {
  const type = sent?.mimeType === 'application/json' ? { 'Content-Type': 'application/json' } : {};
  const all = Object.entries({ ...type, ...request.headers });
  return all.length > 0 ? all.map(([name, value]) => ({ name, value })) : undefined;
}

/** The requests of requests.mjs, then one for each operation that it doesn't name. */
function folders() {
  const unknown = requests.find(({ operation }) => operation && !known.has(operation));
  if (unknown) throw new Error(`requests.mjs: the document has no operation ${unknown.operation}`);
  const named = new Set(requests.map((request) => request.operation));
  const others = [...known.values()].filter((operation) => !named.has(operation.id));
  const all = [...requests, ...others.map((operation) => operation.alone)];
  const tag = (request) => request.tag ?? known.get(request.operation).tag;
  const lost = all.find((request) => !document.tags.some(({ name }) => name === tag(request)));
  if (lost) throw new Error(`the document doesn't describe the tag ${tag(lost)}: src/routes.rs`);
  return document.tags.map(({ name, description }, at) => ({
    name,
    meta: { id: `fld_${name.toLowerCase().replace(/\W+/g, '_')}`, description, sortKey: at + 1 },
    children: all.filter((request) => tag(request) === name).map((request, n) => entry(request, n + 1)),
  }));
}

function environments() {
  const own = (id, name, base_url) => ({
    name,
    meta: { id: `env_${id}` },
    data: { base_url, project: '/path/to/friender', password: 'otters-hold-hands' },
  });
  const photos = Object.entries(PHOTOS).map(([name, path]) => [name, `${env('project')}/${path}`]);
  const size = ([name, path]) => [`${name}_size`, statSync(here(`../../${path}`)).size];
  return {
    name: 'Base Environment',
    meta: { id: 'env_base' },
    data: {
      token: answer('log_in', '$.token', 'when-expired', 600),
      bob_token: answer('log_in_bob', '$.token', 'when-expired', 600),
      ...Object.fromEntries(photos),
      ...Object.fromEntries(Object.entries(PHOTOS).map(size)),
    },
    subEnvironments: [
      own('local', 'Local demo', 'http://127.0.0.1:8080'),
      own('own', 'Your own server', 'https://friender.example.org'),
    ],
  };
}

const collection = {
  type: 'collection.insomnia.rest/5.0',
  schema_version: '5.1',
  name: 'Friender',
  meta: {
    id: 'wrk_friender',
    description:
      'Choose an environment and set `project` to the folder of Friender’s source, where the photos are. Requests ' +
      'take what they need from each other’s answers: to begin anew, send both sign-ups again, then both logins.',
  },
  collection: folders(),
  cookieJar: { name: 'Default Jar', meta: { id: 'jar_friender' } },
  environments: environments(),
};

const text = '# Made from api/openapi.json by api/insomnia/generate.mjs: `make openapi`.\n' + toYaml(collection);
if (process.argv.includes('--check')) {
  let committed = '';
  try { committed = readFileSync(TARGET, 'utf8'); } catch { /* as good as empty */ }
  if (committed !== text) {
    console.error('api/friender.insomnia.yaml is not what api/openapi.json says. Run: node api/insomnia/generate.mjs');
    process.exit(1);
  }
} else {
  writeFileSync(TARGET, text);
}
