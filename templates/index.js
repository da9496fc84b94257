// The index: the pictures are drawn already, the script shows the list and what a link in a picture asks for.
// The address after `#` is the filter: #region=51&year=2019, #identity=…, #layout=…, #class=…, #function=…, #show=…

const { documents, classes } = data;
const NONE = 'none';

let asked = new URLSearchParams();
let order = { column: 'document', descending: false };

const columns = [
  ['document', (row) => row.document], ['region', (row) => row.region || ''], ['year', (row) => row.year || 0],
  ['numbers', (row) => row.numbers], ['unread', (row) => row.unread], ['held', (row) => row.held],
  ['failed', (row) => row.failed], ['public', (row) => (row.public === null ? -1 : Number(row.public))],
];

/** Yuan in 万元 with two decimals, for a column to be compared by eye. */
const tenThousands = (yuan) => (yuan === null ? '' : (Number(yuan) / 10000).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }));

function draw(row) {
  const name = row.entity || row.title || row.document;
  const title = row.page ? make('a', { href: row.page }, name) : make('span', {}, name);
  const cell = (word, text) => make('span', { className: 'cell ' + word }, text);
  return [
    make('span', { className: 'cell document' }, title, make('small', {}, row.document, row.why ? ' · ' + t(row.why) : '')),
    cell('region', row.region || '–'), cell('year', row.year || '–'), cell('numbers', grouped(row.numbers)),
    cell(row.unread ? 'unread some' : 'unread', grouped(row.unread)), cell('held', grouped(row.held)),
    cell(row.failed ? 'failed some' : 'failed', row.failed ? '✗ ' + grouped(row.failed) : '0'),
    cell('public', tenThousands(row.public)),
  ];
}

const go = (row) => { if (row.page) location.href = row.page; };
const list = new List(byId('list'), draw, () => {});
byId('list').addEventListener('dblclick', () => go(list.rows[list.selected]));

// ---- what is asked for -------------------------------------------------------------------------------------------

const tests = {
  region: (row, key) => (key === NONE ? !row.code && !row.region : row.region === key || (row.code || '').startsWith(key)),
  year: (row, key) => (key === NONE ? !row.year : String(row.year) === key),
  show: (row, key) => ({ failed: row.failed > 0, unread: row.unread > 0, pages: Boolean(row.page) })[key] ?? true,
  identity: (row, key) => key in row.failing,
  layout: (row, key) => key in row.layouts,
  class: (row, key) => row.classes[classes.indexOf(key)] > 0,
  function: (row, key) => row.functions.includes(key),
  text: (row, key) => [row.document, row.entity, row.title, row.region, row.year].join(' ').toLowerCase().includes(key.toLowerCase()),
};

function filter() {
  const wanted = [...asked].filter(([name, key]) => key && Object.hasOwn(tests, name));
  const value = columns.find(([name]) => name === order.column)[1];
  const rows = documents.filter((row) => wanted.every(([name, key]) => tests[name](row, key)));
  const way = order.descending ? -1 : 1;
  rows.sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    const compared = typeof a === 'number' ? a - b : a.localeCompare(b, 'zh');
    return compared * way || (one.document < other.document ? -1 : 1);
  });
  list.set(rows, list.rows[list.selected]);
  byId('count').textContent = `${grouped(rows.length)} / ${grouped(documents.length)}`;
  showMore();
}

/** What the fields do not show of the filter, each with a way to drop it. */
function showMore() {
  const names = {
    identity: (key) => named(data.identities, key), layout: (key) => t('layout.' + key), class: (key) => t('class.' + key), function: (key) => key,
  };
  const chips = [...asked].filter(([name]) => Object.hasOwn(names, name)).map(([name, key]) => {
    const chip = make('button', { type: 'button', className: 'chip' }, `${t('filter.' + name)} ${names[name](key)} ×`);
    chip.addEventListener('click', () => ask(name, ''));
    return chip;
  });
  byId('more').replaceChildren(...chips);
}

/** Changes one part of the filter; the address follows, so that going back works. */
function ask(name, key) {
  const next = new URLSearchParams(asked);
  if (key) next.set(name, key); else next.delete(name);
  location.hash = next.toString();
}

function read() {
  asked = new URLSearchParams(location.hash.slice(1));
  byId('search').value = asked.get('text') || '';
  fillFilters();
  filter();
}

function fillFilters() {
  const some = (name, pairs) => {
    const key = asked.get(name) || '';
    const known = pairs.some(([value]) => value === key);
    choices(byId(name), [['', `${t(name === 'show' ? 'filter.show' : 'column.' + name)}: ${t('filter.all')}`], ...pairs, ...(known || !key ? [] : [[key, key]])]);
    byId(name).value = key;
  };
  const regions = new Map(documents.map((row) => [row.code || row.region || NONE, row.region || t('region.none')]));
  const provinces = [...document.querySelectorAll('.matrix th a[href^="#region="]')]
    .map((a) => [decodeURIComponent(a.hash.slice(8)), a.querySelector('.' + language).textContent]);
  for (const [code, name] of provinces) if (!regions.has(code)) regions.set(code, name);
  some('region', [...regions].sort(([one], [other]) => (one < other ? -1 : 1)));
  const years = [...new Set(documents.map((row) => (row.year ? String(row.year) : NONE)))].sort();
  some('year', years.map((year) => [year, year === NONE ? '–' : year]));
  some('show', ['failed', 'unread', 'pages'].map((word) => [word, t('filter.show.' + word)]));
}

for (const name of ['region', 'year', 'show']) byId(name).addEventListener('change', () => ask(name, byId(name).value));
byId('search').addEventListener('input', () => {
  const next = new URLSearchParams(asked);
  if (byId('search').value) next.set('text', byId('search').value); else next.delete('text');
  asked = next;
  history.replaceState(null, '', '#' + next);
  filter();
});
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('filters').addEventListener('reset', () => { location.hash = ''; });
window.addEventListener('hashchange', () => {
  read();
  byId('filters').scrollIntoView({ block: 'nearest' });
});

// ---- the heads of the list ---------------------------------------------------------------------------------------

function heads() {
  byId('heads').replaceChildren(...columns.map(([name]) => {
    const mine = order.column === name;
    const button = make('button', { type: 'button', className: 'cell ' + name }, t('column.' + name), mine ? (order.descending ? ' ▾' : ' ▴') : '');
    button.setAttribute('aria-sort', mine ? (order.descending ? 'descending' : 'ascending') : 'none');
    button.addEventListener('click', () => {
      const words = ['document', 'region'];
      order = { column: name, descending: mine ? !order.descending : !words.includes(name) };
      heads();
      filter();
    });
    return button;
  }));
}

function step(by, wanted, none) {
  if (!list.rows.some(wanted)) return say(t(none));
  return list.step(by, wanted);
}
keys({
  j: () => list.step(1),
  k: () => list.step(-1),
  n: () => step(1, (row) => row.unread > 0, 'said.no_unread'),
  p: () => step(-1, (row) => row.unread > 0, 'said.no_unread'),
  f: () => step(1, (row) => row.failed > 0, 'said.no_failed'),
  F: () => step(-1, (row) => row.failed > 0, 'said.no_failed'),
  Enter: () => { if (list.selected >= 0) go(list.rows[list.selected]); },
  '/': () => byId('search').focus(),
  l: () => byId('language').click(),
  d: otherTheme,
  Escape: () => { location.hash = ''; list.mark(undefined); say(''); },
});

relabel = () => { heads(); fillFilters(); filter(); };
asked = new URLSearchParams(location.hash.slice(1));
speak(language);
read();
