// Opens the server's page in a real Chromium and does there what the app does: signs in, uploads straight to the store,
// shows the photo from there. Then tries what the policy forbids.
// Argument: a picture nobody has uploaded yet. Environment: WEB_URL, FRIENDER_USERNAME, FRIENDER_PASSWORD,
// FRIENDER_TEST_CHROMIUM. Needs the packages of api/package.json.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../../api/package.json', import.meta.url))('playwright-core');
const { WEB_URL, FRIENDER_USERNAME, FRIENDER_PASSWORD, FRIENDER_TEST_CHROMIUM } = process.env;
const PATIENCE = 60_000;

const browser = await chromium.launch({ executablePath: FRIENDER_TEST_CHROMIUM, args: ['--no-sandbox'] });
const foreign = createServer((_, answer) => {
  answer.setHeader('access-control-allow-origin', '*');
  answer.end('let in');
}).listen(0, '127.0.0.1');
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${WEB_URL}/deck`);
  const picture = [...(await readFile(process.argv[2]))];
  const names = { username: FRIENDER_USERNAME, password: FRIENDER_PASSWORD };
  const token = await page.evaluate(signIn, names);
  const photo = await page.evaluate(uploadAndShow, { token, picture });
  assert.notEqual(new URL(photo.url).origin, new URL(WEB_URL).origin);
  assert.ok(photo.width > 0);
  assert.deepEqual(complaints, []);

  await page.goto(`${WEB_URL}/settings`);
  assert.equal(await page.evaluate(reload), FRIENDER_USERNAME);
  const forbidden = await page.evaluate(tryForbidden, `http://127.0.0.1:${foreign.address().port}/`);
  assert.deepEqual(forbidden.sort(), ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem']);
  console.log('As the policy says.');
} finally {
  await browser.close();
  foreign.close();
}

// What follows runs in the page.

async function signIn(names) {
  const answer = await fetch('/api/v1/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...names, refresh: 'cookie' }),
  });
  return (await answer.json()).access_token;
}

async function uploadAndShow({ token, picture }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const call = async (path, body) => {
    const answer = await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  const file = { filename: 'ada.jpg', content_type: 'image/jpeg', size: picture.length };
  const link = await call('/upload-url', file);
  const body = new Uint8Array(picture);
  const put = await fetch(link.presigned_url, { method: link.method, headers: link.headers, body });
  if (!put.ok) throw new Error(`the store: ${put.status}`);
  await call('/files', { file_key: link.file_key });
  const { files } = await (await fetch('/api/v1/files', { headers })).json();
  const image = new Image();
  image.src = files[0].urls.medium;
  await image.decode();
  return { url: image.src, width: image.naturalWidth };
}

/** As after a reload: nothing is left but the cookie. */
async function reload() {
  const { access_token } = await (await fetch('/api/v1/token/refresh', { method: 'POST' })).json();
  const me = await fetch('/api/v1/me', { headers: { authorization: `Bearer ${access_token}` } });
  return (await me.json()).user.username;
}

/** Each of these is reported as a violation of one directive. */
async function tryForbidden(foreign) {
  const seen = new Set();
  const all = new Promise((done) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.add(event.effectiveDirective);
      if (seen.size === 5) done();
    });
  });
  fetch(foreign).catch(() => {});
  new Image().src = foreign;
  document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }));
  document.body.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }));
  document.body.setAttribute('onclick', 'window.ran = true');
  document.body.click();
  await Promise.race([all, new Promise((done) => setTimeout(done, 30_000))]);
  if (window.ran) seen.add('a script ran');
  return [...seen];
}
