// What the tests share: the program, datasets of their own, a browser that reports whatever goes wrong.
import { chromium } from 'playwright-core';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '../..');
const target = process.env.CARGO_TARGET_DIR || join(root, 'target');
const program = process.env.JUESUAN || join(target, 'debug/juesuan');

// As on the machines that CI runs on: as root, without a network.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';

/** Why the tests cannot run; with JUESUAN_BROWSER=required that is a failure and no reason to skip. */
export function missing() {
  const reason = [[program, 'cargo build'], [executablePath, 'apt-get install chromium']].find(([path]) => !existsSync(path));
  if (!reason) return undefined;
  const message = `skipped: ${reason[0]} is missing (${reason[1]})`;
  if (process.env.JUESUAN_BROWSER === 'required') throw new Error(message);
  return message;
}

export const launch = () => chromium.launch({ executablePath, args: flags });

const folders = [];
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'juesuan-review-'));
  folders.push(path);
  return path;
}
process.on('exit', () => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** Extracts `reports` and writes the pages; gives their folder. */
export function review(reports, ...choice) {
  const out = folder();
  execFileSync(program, ['extract', reports, '--out', join(out, 'data'), '--quiet']);
  execFileSync(program, ['review', join(out, 'data'), '--reports', reports, '--html', join(out, 'html'), ...choice]);
  return join(out, 'html');
}

/** A page's address. */
export const address = (...path) => pathToFileURL(join(...path)).href;

/** The facts and checks that a page carries, put together from their columns. */
export function dataOf(file) {
  const text = readFileSync(file, 'utf8');
  const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)[1]);
  const value = ({ all, at, words }, row) => (all ? all[row] : words[at[row]]) ?? undefined;
  const rowsOf = ({ rows, columns }) => Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, value(column, row)])));
  return { facts: rowsOf(data.facts), checks: rowsOf(data.checks) };
}

/** A tab that notes console messages, errors, dialogs and requests; `faults` must stay empty. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const wanted = request.resourceType() === 'document' && request.url().startsWith('file:');
    if (!wanted) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}
