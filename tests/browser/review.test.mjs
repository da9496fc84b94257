// The review pages in a real browser: what a reader clicks lights up on the other side, and nothing of a report runs.
// Run by `.ci/run`; by hand: cargo build && cd tests/browser && npm ci && npm test
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { address, dataOf, folder, launch, missing, open, review, root } from './page.mjs';

const skip = missing();
if (skip) console.log(skip);

let browser;
let pages; // of the sample reports
const trap = { caught: [], url: '' }; // a server that nothing may ask
before(async () => {
  if (skip) return;
  browser = await launch();
  trap.server = createServer((request, response) => { trap.caught.push(request.url); response.end(); }).listen(0, '127.0.0.1');
  await once(trap.server, 'listening');
  trap.url = `http://127.0.0.1:${trap.server.address().port}/`;
  pages = review(join(root, 'corpus/reports'));
});
after(async () => {
  trap.server?.close();
  await browser?.close();
});

const named = (html, part) => join(html, 'documents', readdirSync(join(html, 'documents')).find((name) => name.includes(part)));
const current = (page) => page.locator('mark.current').filter({ visible: true });
const selectedRow = (page) => page.locator('#list .row[aria-selected=true]');

test('a fact clicked in the list lights up in its table, with the headings that name it', { skip }, async () => {
  const { page, faults, close } = await open(browser, address(named(pages, 'tika-docx-one-report')));
  await page.fill('#search', '公务接待费');
  await page.selectOption('#concept', 'three_public.reception');
  await page.selectOption('#from', 'table');
  await page.locator('#list .row').first().click();
  const fact = await page.evaluate(() => selected.fact);
  assert.equal(fact.concept, 'three_public.reception');
  assert.equal(await current(page).textContent(), fact.raw);
  const headings = await page.locator('th.near').allTextContents();
  assert.ok(headings.some((text) => text.includes('公务接待费')), `headings: ${headings}`);
  await current(page).waitFor({ state: 'visible' });
  const box = await current(page).boundingBox();
  assert.ok(box.y > 0 && box.y < 900, 'the mark is in sight');
  assert.match(await page.textContent('#details'), new RegExp(fact.raw.replace('.', '\\.')));
  assert.deepEqual(faults, []);
  await close();
});

test('a number clicked in the text is selected in the list', { skip }, async () => {
  const { page, faults, close } = await open(browser, address(named(pages, 'tika-docx-one-report')));
  const mark = page.locator('.chunk mark.figure').nth(3);
  const raw = await mark.textContent();
  await mark.click();
  await selectedRow(page).waitFor();
  assert.equal(await page.evaluate(() => selected.fact.raw), raw);
  assert.match(page.url(), /#n=\d+$/);
  const period = page.locator('.chunk mark.period').first();
  await period.click();
  assert.equal(await page.locator('[role=tab][aria-selected=true]').getAttribute('data-tab'), 'numbers', 'a number without a fact');
  assert.deepEqual(faults, []);
  await close();
});

test('in every encoding and layout the text marked is the raw text of the fact', { skip }, async () => {
  for (const file of readdirSync(join(pages, 'documents'))) {
    const { page, faults, close } = await open(browser, address(pages, 'documents', file));
    const wrong = await page.evaluate(() => facts.filter((fact) => {
      select({ fact, number: fact.number });
      const marked = [...document.querySelectorAll('mark.current')].map((mark) => mark.textContent.replace(/\s/g, ''));
      return marked.length === 0 || marked.some((text) => text !== fact.raw.replace(/\s/g, ''));
    }).map((fact) => fact.raw));
    assert.deepEqual(wrong, [], file);
    assert.deepEqual(faults, [], file);
    await close();
  }
});

test('every number of the ledger is marked once in the text and drawn in its cell or beside the grid', { skip }, async () => {
  for (const file of readdirSync(join(pages, 'documents'))) {
    const { page, close } = await open(browser, address(pages, 'documents', file));
    const faults = await page.evaluate(() => {
      const inText = [...document.querySelectorAll('.chunk mark[data-n], .raw mark[data-n]')].map((mark) => Number(mark.dataset.n));
      const inGrids = new Set([...document.querySelectorAll('.grid mark[data-n]')].map((mark) => mark.dataset.n));
      const inRaw = [...document.querySelectorAll('.raw mark[data-n]')].map((mark) => mark.dataset.n);
      const misplaced = facts.filter((fact) => fact.table !== undefined).filter((fact) => {
        const cell = document.querySelector(`.grid mark[data-n="${fact.number}"]`)?.closest('td, th');
        return cell && (cell.dataset.c !== fact.column || cell.parentElement.dataset.r !== fact.row);
      });
      return {
        misplaced: misplaced.map((fact) => fact.raw),
        text: inText.length === numbers.length && inText.every((number, index) => number === index),
        hidden: inRaw.filter((number) => !inGrids.has(number)),
      };
    });
    assert.deepEqual(faults, { misplaced: [], text: true, hidden: [] }, file);
    await close();
  }
});

test('filters narrow the list, and together', { skip }, async () => {
  const { page, close } = await open(browser, address(named(pages, 'tika-docx-one-report')));
  const count = async () => Number((await page.textContent('#count')).split('/')[0].replace(/\D/g, ''));
  const everything = await count();
  await page.selectOption('#concept', 'three_public.total');
  const totals = await count();
  await page.selectOption('#measure', 'amount');
  const amounts = await count();
  await page.selectOption('#from', 'narrative');
  const told = await count();
  assert.ok(everything > totals && totals >= amounts && amounts > told && told > 0, [everything, totals, amounts, told].join(' > '));
  const shown = await page.evaluate(() => list.rows.map((fact) => [fact.concept, fact.measure, fact.source].join(' ')));
  assert.deepEqual([...new Set(shown)], ['three_public.total amount narrative']);
  await page.click('#filters [type=reset]');
  await page.waitForFunction((all) => list.rows.length === all, everything);
  await close();
});

test('unread numbers and failing identities are reached by keys', { skip }, async () => {
  const { page, faults, close } = await open(browser, address(named(pages, 'tika-docx-other-wordings')));
  const unread = await page.evaluate(() => numbers.filter((number) => number.class === 'unread').map((number) => number.number));
  for (const number of unread) {
    await page.keyboard.press('n');
    assert.equal(await page.evaluate(() => selected.number), number);
    assert.equal(await current(page).getAttribute('class'), 'unread current');
  }
  if (unread.length) {
    await page.keyboard.press('n');
    assert.equal(await page.evaluate(() => selected.number), unread[0], 'round and round');
    await page.keyboard.press('p');
    assert.equal(await page.evaluate(() => selected.number), unread.at(-1));
  } else {
    await page.keyboard.press('n');
    assert.notEqual(await page.textContent('#said'), '');
  }
  assert.deepEqual(faults, []);
  await close();
});

test('a failing identity shows its terms and its suspect', { skip }, async () => {
  const suspected = (file) => dataOf(join(pages, 'documents', file)).checks.some((check) => check.suspect !== undefined);
  const { page, faults, close } = await open(browser, address(pages, 'documents', readdirSync(join(pages, 'documents')).find(suspected)));
  await page.keyboard.press('f');
  const check = await page.evaluate(() => selected.check);
  assert.equal(check.status, 'fails');
  assert.equal(await page.locator('#details .terms li').count(), check.facts.length);
  assert.ok(await page.locator('#text mark.term').count() >= new Set(check.facts).size - 1);
  assert.ok(await page.locator('#text mark.suspect').count() >= 1);
  assert.equal(await page.locator('#details .terms .suspect').count(), 1);
  await page.locator('#details .terms button').last().click();
  const last = await page.evaluate(() => [selected.fact.raw, selected.check.check]);
  assert.deepEqual(last, [await current(page).textContent(), check.check], 'the check stays while its terms are looked at');
  await page.keyboard.press('f');
  await page.keyboard.press('F');
  assert.equal(await page.evaluate(() => selected.check.check), check.check);
  assert.deepEqual(faults, []);
  await close();
});

test('keys switch grids, language, colours and filter', { skip }, async () => {
  const { page, faults, close } = await open(browser, address(named(pages, 'tika-docx-one-report')));
  assert.ok(await page.locator('.grid').first().isVisible());
  await page.keyboard.press('t');
  assert.ok(!await page.locator('.grid').first().isVisible() && await page.locator('.raw').first().isVisible());
  await page.keyboard.press('t');
  const tab = page.locator('[data-tab=checks]');
  assert.match(await tab.innerText(), /勾稽/);
  await page.keyboard.press('l');
  assert.match(await tab.innerText(), /checks/);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.keyboard.press('d');
  assert.notEqual(await ground(), light);
  await page.keyboard.press('3');
  assert.equal(await tab.getAttribute('aria-selected'), 'true');
  await page.keyboard.press('/');
  await page.keyboard.type('njt');
  assert.equal(await page.inputValue('#search'), 'njt', 'keys are letters while one types');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.inputValue('#search'), '');
  await page.keyboard.press('1');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => selected.fact.fact), 1);
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => selected.fact.fact), 0);
  assert.deepEqual(faults, []);
  await close();
});

test('a hostile report shows as text: no script runs, nothing is asked for', { skip }, async () => {
  const reports = folder();
  const hostile = [
    '<script>alert(1)</script>', '</script><script>alert(2)</script>', `<img src=${trap.url}x onerror=alert(3)>`,
    '</p></div></section></main></body></html><script>alert(4)</script>', '" onmouseover="alert(5)" x="', "' autofocus onfocus=alert(6) '",
    '<style>*{display:none}</style>', '<!-- ', ']]>', '<svg onload=alert(7)>', '{{ 7*7 }} ${alert(8)}', `<base href=${trap.url}>`,
    `<meta http-equiv=refresh content="0;url=${trap.url}">`, '\u202e倒 \u0007 \u0000 &lt;b&gt;',
  ];
  const lines = hostile.map((text, index) => `${text}公务接待费支出${index + 3}.21万元，比上年增加1.0${index}万元。`);
  const table = `项目\t${hostile[2]}\t决算数\n一、收入${hostile[0]}\t1\t12.50\n二、支出\t2\t13.50\n本年合计\t3\t26.00\n`;
  const text = `云溪县水利局${hostile[0]}2031年度部门决算\n\n${lines.join('\n')}\n\n收入支出决算总表\n金额单位：万元\n${table}\n`;
  writeFileSync(join(reports, 'hostile.txt'), text);
  writeFileSync(join(reports, '<img src=x onerror=alert(9)>"\'.txt'), text);
  const html = review(reports);
  for (const file of ['index.html', ...readdirSync(join(html, 'documents')).map((name) => `documents/${name}`)]) {
    const { page, faults, close } = await open(browser, address(html, file));
    for (const tab of ['facts', 'numbers', 'checks', 'problems']) {
      if (file === 'index.html') break;
      await page.click(`[data-tab=${tab}]`);
      for (let step = 0; step < 30; step += 1) await page.keyboard.press('j');
    }
    if (file !== 'index.html') {
      await page.keyboard.press('1');
      const shown = await page.textContent('#text');
      for (const line of hostile.slice(0, -1)) assert.ok(shown.includes(line), `${file}: ${line}`);
      assert.ok(shown.includes('⟨U+202E⟩'), 'what would turn the text around is named');
      assert.equal(await page.locator('#text script, #text img, #text style, #text svg, #text base, #text meta').count(), 0);
    }
    assert.equal(await page.locator('img, iframe, link, object, base').count(), 0);
    assert.ok(await page.locator('#list .row').first().isVisible());
    assert.deepEqual(faults, [], file);
    await close();
  }
  assert.deepEqual(trap.caught, []);
});

test('even if markup got in, the policy would keep it from running', { skip }, async () => {
  const { page, faults, close } = await open(browser, address(named(pages, 'tika-docx-one-report')));
  await page.evaluate((url) => {
    document.getElementById('text').innerHTML = `<img src="${url}x" onerror="window.ran = 1"><p onclick="window.ran = 1" id="bait">x</p>`;
    fetch(url).catch(() => {});
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }));
    document.getElementById('bait').click();
  }, trap.url);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(faults.some((fault) => fault.includes('Content Security Policy') || fault.includes('Content-Security-Policy')), faults.join('\n'));
  assert.deepEqual(trap.caught, []);
  await close();
});

test('text has a contrast of 4.5 and classes differ by more than colour, light and dark', { skip }, async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const file of [named(pages, 'pdftotext-one-report'), join(pages, 'index.html')]) {
      const { page, close } = await open(browser, address(file), { colorScheme });
      if (!file.endsWith('index.html')) await page.keyboard.press('f');
      const poor = await page.evaluate(contrasts);
      assert.deepEqual(poor, [], `${colorScheme} ${file}`);
      await close();
    }
  }
  const { page, close } = await open(browser, address(named(pages, 'tika-docx-one-report')));
  const lines = await page.evaluate(() => ['figure', 'period', 'ordinal', 'identifier', 'threshold', 'axis', 'artefact', 'unread'].map((word) => {
    const mark = document.createElement('mark');
    mark.className = word;
    document.getElementById('text').append(mark);
    const style = getComputedStyle(mark);
    return [style.borderBottomStyle, style.borderBottomWidth, style.borderTopWidth, style.textDecorationLine].join(' ');
  }));
  assert.equal(new Set(lines).size, lines.length, `lines: ${lines}`);
  await close();
});

test('a narrow screen shows text and list one above the other, and nothing sticks out', { skip }, async () => {
  for (const file of [named(pages, 'tika-doc-one-report'), join(pages, 'index.html')]) {
    const { page, faults, close } = await open(browser, address(file), { viewport: { width: 360, height: 740 } });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, file);
    assert.ok(await page.locator('#list').isVisible());
    assert.deepEqual(faults, []);
    await close();
  }
});

test('pictures lead to their documents', { skip }, async () => {
  const { page, faults, close } = await open(browser, address(pages, 'index.html'));
  for (const id of ['classes', 'spending', 'public', 'failing', 'unread', 'regions']) assert.equal(await page.locator(`#picture-${id}`).count(), 1);
  await page.locator('#picture-classes .bar .what').first().waitFor();
  const bar = page.locator('#picture-spending .bar').first();
  const region = await bar.locator('.what').innerText();
  await bar.locator('.what').click();
  await page.waitForFunction(() => list.rows.length < documents.length);
  assert.deepEqual([...new Set(await page.evaluate(() => list.rows.map((row) => row.region)))], [region]);
  await page.goBack();
  await page.waitForFunction(() => list.rows.length === documents.length);
  await page.locator('#list .row a').first().click();
  await page.waitForSelector('#source');
  await page.click('.home');
  await page.waitForSelector('#picture-classes');
  assert.deepEqual(faults, []);
  await close();
});

test('a dataset of 2,000 documents stays usable', { skip, timeout: 300_000 }, async () => {
  const reports = folder();
  const places = ['昆明市', '成都市', '长沙市', '银川市', '广州市', '杭州市', '南京市', '武汉市', '西安市', '郑州市', '济南市', '合肥市', '福州市', '贵阳市', '南昌市', '兰州市', '西宁市'];
  for (let number = 0; number < 2000; number += 1) {
    const year = 2015 + (number % 9);
    const amount = (number % 97) + 0.25;
    mkdirSync(join(reports, String(year)), { recursive: true });
    writeFileSync(join(reports, String(year), `${number}.txt`), `${places[number % places.length]}第${number}局${year}年度部门决算\n\n` +
      `${year}年度“三公”经费支出决算为${amount}万元，比上年减少2.02万元，下降32.58%。其中：公务接待费支出${amount}万元。\n`);
  }
  const html = review(reports, '--sample', '20');
  assert.equal(readdirSync(join(html, 'documents')).length, 20, 'pages for what was chosen only');
  const started = Date.now();
  const { page, faults, close } = await open(browser, address(html, 'index.html'));
  await page.locator('#list .row').first().waitFor();
  const opened = Date.now() - started;
  assert.equal(await page.textContent('#count'), '2,000 / 2,000');
  assert.ok(await page.locator('#list .row').count() < 60, 'only rows in sight are drawn');
  const took = await page.evaluate(() => {
    const before = performance.now();
    document.getElementById('search').value = '1999';
    document.getElementById('search').dispatchEvent(new Event('input', { bubbles: true }));
    return performance.now() - before;
  });
  assert.equal(await page.locator('#list .row').count(), 1);
  await page.fill('#search', '');
  await page.evaluate(() => { list.element.scrollTop = list.element.scrollHeight; });
  await page.waitForFunction(() => [...document.querySelectorAll('#list .row')].some((row) => row.getAttribute('aria-posinset') === '2000'));
  await page.selectOption('#show', 'pages');
  await page.waitForFunction(() => list.rows.length === 20);
  console.log(`2,000 documents: index opened in ${opened} ms, filtered in ${Math.round(took)} ms`);
  assert.ok(opened < 5000 && took < 500, 'far slower than it should be');
  assert.deepEqual(faults, []);
  await close();
});

test('a report of 100 KB opens quickly', { skip }, async () => {
  const reports = folder();
  const text = readFileSync(join(root, 'corpus/reports/tika-doc-one-report.txt'), 'utf8');
  let long = '';
  while (Buffer.byteLength(long) < 100_000) long += `${text}\n`;
  writeFileSync(join(reports, 'long.txt'), long);
  const html = review(reports);
  const started = Date.now();
  const { page, faults, close } = await open(browser, address(named(html, 'long')));
  await page.locator('#list .row').first().waitFor();
  const opened = Date.now() - started;
  const worst = await page.evaluate(async () => {
    let longest = 0;
    for (let step = 0; step < 60; step += 1) {
      const before = performance.now();
      source.scrollTop += 400;
      await new Promise((done) => requestAnimationFrame(done));
      longest = Math.max(longest, performance.now() - before);
    }
    return longest;
  });
  console.log(`100 KB: opened in ${opened} ms, longest frame while scrolling ${Math.round(worst)} ms`);
  assert.ok(opened < 4000, `opened in ${opened} ms`);
  assert.deepEqual(faults, []);
  await close();
});

test('for 100 random facts of real reports the text marked is their raw text', { skip }, async (context) => {
  const reports = process.env.JUESUAN_REPORTS || join(root, '../shared/reports');
  if (!existsSync(reports)) return context.skip('skipped: ../shared/reports is missing');
  const html = review(reports);
  const files = readdirSync(join(html, 'documents'));
  const facts = files.flatMap((file) => dataOf(join(html, 'documents', file)).facts.map((fact) => [file, fact]));
  let seed = Date.now() % 2147483647;
  console.log(`seed ${seed}, ${facts.length} facts in ${files.length} reports`);
  const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
  const drawn = Array.from({ length: 100 }, () => facts[random(facts.length)]);
  for (const file of new Set(drawn.map(([name]) => name))) {
    const { page, faults, close } = await open(browser, address(html, 'documents', file));
    for (const [, fact] of drawn.filter(([name]) => name === file)) {
      await page.evaluate((wanted) => { open('facts'); clearFilters(); list.pick(facts.findIndex((one) => one.fact === wanted)); }, fact.fact);
      assert.equal(await current(page).textContent(), fact.raw, `${file} fact ${fact.fact}`);
      const parsed = await page.evaluate(() => [document.querySelector('#details dd').textContent, selected.fact.fact]);
      assert.deepEqual(parsed, [fact.raw, fact.fact]);
    }
    assert.deepEqual(faults, [], file);
    await close();
  }
});

/** Runs in the page: visible text whose contrast with what is behind it is below 4.5. */
function contrasts() {
  const parts = (color) => {
    const values = color.match(/[\d.]+/g).map(Number);
    return { rgb: values.slice(0, 3), alpha: values.length > 3 ? values[3] : 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = parts(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return rgb;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('script, svg, option') || !element.checkVisibility()) continue;
    const [one, other] = [luminance(parts(getComputedStyle(element).color).rgb), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)} “${walker.currentNode.data.slice(0, 12)}”`);
  }
  return [...poor].slice(0, 10);
}
