// Drives photos.html in a real Chromium, as somebody at a screen would: the tests' half of the example.
// Needs the packages of api/package.json, and PAGE_URL, FRIENDER_URL, FRIENDER_USERNAME, FRIENDER_PASSWORD,
// FRIENDER_TEST_CHROMIUM in the environment. Arguments: pictures nobody has uploaded yet, at least five.

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium } from 'playwright-core';

const { PAGE_URL, FRIENDER_URL, FRIENDER_USERNAME, FRIENDER_PASSWORD, FRIENDER_TEST_CHROMIUM } = process.env;
const PICTURES = process.argv.slice(2);

const folder = await mkdtemp(path.join(tmpdir(), 'friender-page-'));
const browser = await chromium.launch({ executablePath: FRIENDER_TEST_CHROMIUM, args: ['--no-sandbox'] });
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${PAGE_URL}/photos.html?server=${encodeURIComponent(FRIENDER_URL)}`);
  await logIn(page);
  await upload(page);
  await open(page);
  await drop(page);
  await remove(page);
  assert.deepEqual(complaints, []);
  console.log('The page does what it says.');
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

/** Waits until so many photos are shown, each of them loaded. */
async function shows(page, count) {
  await page.waitForFunction((wanted) => {
    const images = [...document.querySelectorAll('#list img')];
    return images.length === wanted && images.every((image) => image.complete && image.naturalWidth > 0);
  }, count);
}

function told(page, text) {
  return page.getByRole('status').getByText(text).first().waitFor();
}

async function logIn(page) {
  await page.getByLabel('Username').fill(FRIENDER_USERNAME);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('#results .bad').waitFor();
  assert.equal(await page.locator('#photos').isVisible(), false);
  await page.getByLabel('Password').fill(FRIENDER_PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('#photos').waitFor();
  await shows(page, 0);
}

/** One through the server; many straight to the store, one of which is no picture; a folder. */
async function upload(page) {
  const photos = page.locator('#files');
  await photos.setInputFiles(PICTURES[0]);
  await shows(page, 1);

  await page.getByLabel('straight to the photo store').check();
  const broken = path.join(folder, 'broken.jpg');
  await writeFile(broken, 'Not every file is a picture.');
  await photos.setInputFiles([PICTURES[1], broken, PICTURES[2]]);
  await told(page, 'broken.jpg: ');
  await shows(page, 3);
  assert.equal(await page.locator('#results .bad').count(), 1);

  await page.getByLabel('A folder').setInputFiles(await folderWith('chosen', PICTURES[3]));
  await shows(page, 4);
}

/** A folder with a picture in an inner folder, and with a text. */
async function folderWith(name, picture) {
  const inner = path.join(folder, name, 'inner');
  await mkdir(inner, { recursive: true });
  await cp(picture, path.join(inner, path.basename(picture)));
  await writeFile(path.join(folder, name, 'readme.txt'), 'Not every file is a picture.');
  return path.join(folder, name);
}

/** The large picture, by a signed link in a tab of its own. */
async function open(page) {
  const tab = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Open' }).first().click();
  const opened = await tab;
  await opened.waitForFunction(() => document.images[0]?.naturalWidth > 0);
  await opened.close();
}

/** A folder, dropped from the desktop. */
async function drop(page) {
  const files = [await folderWith('dropped', PICTURES[4])];
  const { x, y, width, height } = await page.locator('#drop').boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height - 4, data });
  }
  await shows(page, 5);
}

async function remove(page) {
  await page.getByRole('button', { name: 'Delete' }).first().click();
  await shows(page, 4);
}
