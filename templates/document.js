// The page of one document. Three things are kept in step: the marks in the text, the list, the details.

const { numbers, facts, checks, problems, tables } = data;
const source = byId('source');

// ---- what belongs to what ----------------------------------------------------------------------------------------

const marks = new Map(); // number → its marks: in a table one in the grid, one in the raw text
for (const mark of document.querySelectorAll('#text mark[data-n]')) {
  const number = Number(mark.dataset.n);
  if (marks.has(number)) marks.get(number).push(mark); else marks.set(number, [mark]);
}
const factsOf = new Map(); // number → facts
for (const fact of facts) {
  if (factsOf.has(fact.number)) factsOf.get(fact.number).push(fact); else factsOf.set(fact.number, [fact]);
}
const checksOf = new Map(); // fact → checks
for (const check of checks) {
  for (const fact of check.facts) {
    if (checksOf.has(fact)) checksOf.get(fact).push(check); else checksOf.set(fact, [check]);
  }
}
const factAt = new Map(facts.map((fact) => [fact.fact, fact]));
const failing = checks.filter((check) => check.status === 'fails');
const failed = new Set(failing.flatMap((check) => check.facts)); // facts
const unread = numbers.filter((number) => number.class === 'unread');

const conceptName = (id) => named(data.concepts, id);
const unitName = (unit) => (data.labels['unit.' + unit] ? t('unit.' + unit) : unit);
const flagsOf = (fact) => (fact.flags ? fact.flags.split('|') : []);

/** `41,800 元`. */
function amount(value, unit) {
  if (value === undefined) return '';
  const name = unit ? unitName(unit) : '';
  return grouped(value) + (name && name !== '%' ? ' ' : '') + name;
}

/** Measure, phase and year of a fact in a few words. */
function about(fact) {
  const words = [t('measure.' + fact.measure)];
  if (fact.phase) words.push(t('phase.' + fact.phase));
  if (fact.period) words.push(fact.base_period ? `${fact.period} / ${fact.base_period}` : fact.period);
  if (fact.fund && fact.fund !== 'all') words.push(t('fund.' + fact.fund));
  return words.join(' · ');
}

/** What a fact is about, in the report's own words; the vocabulary's name stands beside it. */
const subject = (fact) => fact.item || conceptName(fact.concept);
const concept = (fact) => (fact.concept ? conceptName(fact.concept) : '');

// ---- the text: showing a number where it stands ------------------------------------------------------------------

const inRaw = (mark) => mark.closest('.raw') !== null;

/** The mark that is in sight; a table that hides all of them is switched. */
function markOf(number) {
  const all = marks.get(number);
  if (!all) return undefined;
  const shown = all.find((mark) => {
    const figure = mark.closest('figure');
    return !figure || figure.classList.contains('as-raw') === inRaw(mark);
  });
  if (shown) return shown;
  all[0].closest('figure').classList.toggle('as-raw', inRaw(all[0]));
  return all[0];
}

function bring(element) {
  const box = element.getBoundingClientRect();
  const room = source.getBoundingClientRect();
  if (box.top < room.top + 60 || box.bottom > room.bottom - 60 || box.left < room.left || box.right > room.right) {
    element.scrollIntoView({ block: 'center', inline: 'nearest' });
    // What is laid out only when it comes near may move it once more.
    requestAnimationFrame(() => element.scrollIntoView({ block: 'center', inline: 'nearest' }));
  }
}

function clear(word) {
  for (const element of [...document.getElementsByClassName(word)]) element.classList.remove(word);
}

/** Marks the headings of the row and the column that a cell stands in: what its number is called. */
function markHeadings(cell) {
  const table = cell.closest('table');
  const column = Number(cell.dataset.c);
  const rows = [...table.rows];
  const here = rows.indexOf(cell.parentElement);
  rows.slice(0, here + 1).forEach((row, index) => {
    for (const other of row.cells) {
      const first = Number(other.dataset.c);
      const above = first <= column && column < first + other.colSpan && index < here;
      const beside = index + other.rowSpan > here && first < column;
      if (other.tagName === 'TH' && other !== cell && (above || beside)) other.classList.add('near');
    }
  });
}

// ---- what is selected --------------------------------------------------------------------------------------------

let selected = {}; // number, fact, check, problem
let tab = 'facts';

/** Selects a fact, a number, a check or a problem: marks it in the text, in the list, and tells about it. */
function select(what, { follow = true } = {}) {
  selected = what;
  for (const word of ['current', 'term', 'near']) clear(word);
  const { check, problem } = what;
  if (check) {
    for (const fact of check.facts) {
      for (const mark of marks.get(factAt.get(fact)?.number) || []) mark.classList.add('term');
    }
  }
  const number = what.number;
  if (number !== undefined) {
    for (const mark of marks.get(number) || []) mark.classList.add('current');
    const mark = markOf(number);
    if (mark) {
      const cell = mark.closest('td, th');
      if (cell) markHeadings(cell);
      if (follow) bring(mark);
    } else say(t('said.hidden'));
    history.replaceState(null, '', '#n=' + number);
  } else if (problem) {
    const flag = document.querySelector(`.flag[data-p="${problems.indexOf(problem)}"]`);
    if (flag) {
      flag.closest('figure')?.classList.add('as-raw');
      flag.classList.add('current');
      bring(flag);
    }
  }
  showDetails();
}

const selectFact = (fact) => select({ fact, number: fact.number });
const selectCheck = (check) => {
  const fact = factAt.get(check.suspect ?? check.facts[0]);
  select({ check, fact, number: fact?.number });
};

/** A number clicked in the text: its first fact, or itself. */
function selectNumber(number, follow) {
  const fact = factsOf.get(number)?.[0];
  select({ number, fact }, { follow });
  if (tab === 'facts' && !fact) open('numbers');
  else if (tab !== 'facts' && fact && tab !== 'numbers') open('facts');
  const row = tab === 'numbers' ? numbers[number] : fact;
  if (list.rows.indexOf(row) < 0) clearFilters();
  list.mark(row);
}

source.addEventListener('click', (event) => {
  const mark = event.target.closest('#text mark[data-n]');
  if (mark) return selectNumber(Number(mark.dataset.n), false);
  const flag = event.target.closest('.flag');
  if (flag) {
    open('problems');
    list.pick(list.rows.indexOf(problems[flag.dataset.p]));
    return undefined;
  }
  const button = event.target.closest('.switch');
  if (button) button.closest('figure').classList.toggle('as-raw');
  return undefined;
});

// ---- the list ----------------------------------------------------------------------------------------------------

const sign = { holds: '✓', rounding: '≈', fails: '✗', undecided: '?' };

/** ✗ if a failing identity has the fact among its terms, ✓ with the count if others hold. */
function verdict(fact) {
  const all = checksOf.get(fact.fact) || [];
  const held = all.filter((check) => check.status === 'holds' || check.status === 'rounding').length;
  const bad = all.filter((check) => check.status === 'fails').length;
  return make('span', { className: 'verdict' },
    bad ? make('b', { className: 'fails', title: t('mark.failed') }, '✗' + bad) : '',
    held ? make('b', { className: 'holds', title: t('status.holds') }, '✓' + held) : '');
}

const draw = {
  facts: (fact) => [
    make('span', { className: 'what' }, subject(fact)),
    make('span', { className: 'value' }, amount(fact.value, fact.unit)),
    make('span', { className: 'about' }, [concept(fact), about(fact)].filter(Boolean).join(' · '), ...flagsOf(fact).map((flag) => make('em', {}, t('flag.' + flag)))),
    make('span', { className: 'where' }, verdict(fact), t('source.' + fact.source)),
  ],
  numbers: (number) => [
    make('span', { className: 'what' }, make('mark', { className: number.class }, number.raw)),
    make('span', { className: 'value' }, t('class.' + number.class)),
    make('span', { className: 'about' }, number.rule || ''),
    make('span', { className: 'where' }, `${t('column.line')} ${number.line}`),
  ],
  checks: (check) => [
    make('span', { className: 'what' }, make('b', { className: check.status }, sign[check.status] || ''), ' ', named(data.identities, check.identity)),
    make('span', { className: 'value' }, check.status === 'fails' && check.difference ? grouped(check.difference) : ''),
    make('span', { className: 'about' }, check.message),
    make('span', { className: 'where' }, t('status.' + check.status)),
  ],
  problems: (problem) => [
    make('span', { className: 'what' }, problem.code),
    make('span', { className: 'value ' + problem.severity }, t('severity.' + problem.severity)),
    make('span', { className: 'about' }, problem.message),
  ],
};

const rank = { fails: 0, undecided: 1, rounding: 2, holds: 3 };
const all = {
  facts,
  numbers,
  checks: [...checks].sort((one, other) => rank[one.status] - rank[other.status] || one.check - other.check),
  problems,
};
const chosen = {
  facts: selectFact,
  numbers: (number) => select({ number: number.number, fact: factsOf.get(number.number)?.[0] }),
  checks: selectCheck,
  problems: (problem) => select({ problem }),
};
const list = new List(byId('list'), (row) => draw[tab](row), (row) => chosen[tab](row));

/** The words of a row that the search field looks through. */
const wordsOf = new Map();
function words(row) {
  if (!wordsOf.has(row)) {
    const name = data.concepts[row.concept] || data.identities[row.identity] || [];
    wordsOf.set(row, [...Object.values(row), ...name].join(' ').toLowerCase());
  }
  return wordsOf.get(row);
}

const wanted = {
  facts: (fact) => equal('concept', fact.concept || '-') && equal('measure', fact.measure) && equal('from', fact.source)
    && (!byId('flag').value || (byId('flag').value === '-' ? !fact.flags : flagsOf(fact).includes(byId('flag').value)))
    && (!byId('failed').checked || failed.has(fact.fact)),
  numbers: (number) => equal('class', number.class) && (!byId('unread').checked || number.class === 'unread'),
  checks: (check) => equal('status', check.status),
  problems: (problem) => equal('severity', problem.severity),
};
const equal = (id, value) => !byId(id).value || byId(id).value === value;

function filter() {
  const search = byId('search').value.trim().toLowerCase();
  const rows = all[tab].filter((row) => wanted[tab](row) && (!search || words(row).includes(search)));
  const current = { facts: selected.fact, numbers: numbers[selected.number], checks: selected.check, problems: selected.problem };
  list.set(rows, current[tab]);
  byId('count').textContent = `${grouped(rows.length)} / ${grouped(all[tab].length)}`;
}

function open(name) {
  tab = name;
  for (const button of document.querySelectorAll('[role=tab]')) button.setAttribute('aria-selected', button.dataset.tab === name);
  for (const field of document.querySelectorAll('#filters [data-for]')) field.hidden = field.dataset.for !== name;
  byId('list').scrollTop = 0;
  filter();
}

function clearFilters() {
  byId('filters').reset();
  filter();
}

/** [value, text (count)] pairs of what rows say, the most frequent first. */
function counted(rows, of, name) {
  const counts = new Map();
  for (const row of rows) for (const value of of(row)) counts.set(value, (counts.get(value) || 0) + 1);
  const pairs = [...counts].sort((one, other) => other[1] - one[1]);
  return pairs.map(([value, count]) => [value, `${value === '-' ? t('filter.none') : name(value)} (${count})`]);
}

function fillFilters() {
  const fill = (id, column, rows, of, name) =>
    choices(byId(id), [['', `${t('column.' + column)}: ${t('filter.all')}`], ...counted(rows, of, name)]);
  fill('concept', 'concept', facts, (fact) => [fact.concept || '-'], conceptName);
  fill('measure', 'measure', facts, (fact) => [fact.measure], (word) => t('measure.' + word));
  fill('from', 'source', facts, (fact) => [fact.source], (word) => t('source.' + word));
  fill('flag', 'flags', facts, (fact) => (fact.flags ? flagsOf(fact) : ['-']), (word) => t('flag.' + word));
  fill('class', 'class', numbers, (number) => [number.class], (word) => t('class.' + word));
  fill('status', 'status', checks, (check) => [check.status], (word) => t('status.' + word));
  fill('severity', 'severity', problems, (problem) => [problem.severity], (word) => t('severity.' + word));
}

// ---- the details -------------------------------------------------------------------------------------------------

/** A list of names and values; those without a value are left out. */
function properties(pairs) {
  const rows = pairs.filter(([, value]) => value !== undefined && value !== '' && value !== null);
  return make('dl', {}, ...rows.flatMap(([name, value]) => [make('dt', {}, t('column.' + name)), make('dd', {}, value)]));
}

function link(text, className, action) {
  const button = make('button', { type: 'button', className }, ...text);
  button.addEventListener('click', action);
  return button;
}

function factDetails(fact) {
  const table = fact.table === undefined ? undefined : tables[fact.table];
  const plain = (column) => [column, fact[column]];
  return [
    make('h2', {}, subject(fact), ' ', make('b', {}, amount(fact.value, fact.unit))),
    make('p', { className: 'about' }, about(fact)),
    properties([
      ['raw', fact.raw], ['concept', fact.concept && `${concept(fact)} (${fact.concept})`], ['fund', fact.fund && t('fund.' + fact.fund)],
      ['function_code', [fact.function_code, fact.function_name].filter(Boolean).join(' ')],
      ['economic_code', [fact.economic_code, fact.economic_name].filter(Boolean).join(' ')],
      plain('project'),
      ['flags', flagsOf(fact).map((flag) => t('flag.' + flag)).join('、')],
      ['table', table && `${fact.table} · ${table.title || t('table.' + table.kind)}${table.unit ? ' · ' + table.unit : ''}`],
      ['cell', table && `${fact.row}, ${fact.column}`], plain('section'), plain('rule'),
    ]),
  ];
}

/** The terms of a check, each leading to its number. */
function terms(check) {
  const rows = check.facts.map((id) => {
    const fact = factAt.get(id);
    if (!fact) return '';
    const suspect = id === check.suspect;
    const text = [
      make('span', { className: 'what' }, (suspect ? '✗ ' : '') + fact.item),
      make('span', { className: 'value' }, amount(fact.value, fact.unit)),
      make('span', { className: 'about' }, about(fact), ' · ', t('source.' + fact.source), suspect ? ' · ' + t('mark.suspect') : ''),
    ];
    return make('li', {}, link(text, suspect ? 'suspect' : '', () => select({ check, fact, number: fact.number })));
  });
  return make('ol', { className: 'terms' }, ...rows);
}

function checkDetails(check) {
  return [
    make('h2', {}, make('b', { className: check.status }, `${sign[check.status] || ''} ${t('status.' + check.status)}`), ' ', named(data.identities, check.identity)),
    make('p', { className: 'message' }, check.message),
    properties([
      ['identity', check.identity],
      ['left', check.left && grouped(check.left)], ['right', check.right && grouped(check.right)],
      ['difference', check.difference && grouped(check.difference)], ['tolerance', check.tolerance && grouped(check.tolerance)],
    ]),
    terms(check),
  ];
}

function numberDetails(number) {
  const why = number.class === 'unread' ? t('details.unread') : t('details.nofact');
  return [
    make('h2', {}, make('mark', { className: number.class }, number.raw), ' ', t('class.' + number.class)),
    make('p', { className: 'about' }, why),
    properties([['rule', number.rule]]),
  ];
}

function showDetails() {
  const { check, fact, problem } = selected;
  const number = numbers[selected.number];
  const parts = [];
  if (check) parts.push(...checkDetails(check));
  else if (fact) parts.push(...factDetails(fact));
  else if (number) parts.push(...numberDetails(number));
  else if (problem) parts.push(make('h2', {}, problem.code), make('p', { className: 'message' }, problem.message));
  else parts.push(make('p', { className: 'about' }, t('details.empty')));
  if (fact && !check) {
    const others = factsOf.get(fact.number).filter((other) => other !== fact);
    if (others.length) {
      parts.push(make('h3', {}, t('details.other')), make('ul', {}, ...others.map((other) =>
        make('li', {}, link([`${subject(other)} · ${about(other)}`], '', () => selectFact(other))))));
    }
    const mine = (checksOf.get(fact.fact) || []).slice().sort((one, other) => rank[one.status] - rank[other.status]);
    if (mine.length) {
      parts.push(make('h3', {}, t('details.checks')), make('ul', {}, ...mine.map((one) =>
        make('li', {}, link([make('b', { className: one.status }, sign[one.status] || ''), ' ', named(data.identities, one.identity)], '', () => {
          open('checks');
          if (list.rows.indexOf(one) < 0) clearFilters();
          list.pick(list.rows.indexOf(one));
        })))));
    }
  }
  const place = problem ? problem.bytes : number;
  if (place) {
    parts.push(make('p', { className: 'inspect' }, t('details.inspect'), ' ',
      make('code', {}, `juesuan inspect '${data.document}' --at ${place.start}..${place.end}`)));
  }
  byId('details').replaceChildren(...parts);
  byId('details').scrollTop = 0;
}

// ---- next and previous -------------------------------------------------------------------------------------------

/** Steps through `rows`, which the list is made to show, from what is selected. */
function step(rows, name, by, none) {
  if (!rows.length) return say(t(none));
  let at = rows.indexOf(name === 'checks' ? selected.check : numbers[selected.number]);
  if (at < 0 && name === 'numbers' && selected.number !== undefined) {
    const behind = rows.filter((number) => number.number < selected.number).length;
    at = by > 0 ? behind - 1 : behind;
  }
  at = at < 0 && by < 0 ? rows.length - 1 : (at + by + rows.length) % rows.length;
  if (tab !== name) open(name);
  if (list.rows.indexOf(rows[at]) < 0) clearFilters();
  list.pick(list.rows.indexOf(rows[at]));
  return say(`${at + 1} / ${rows.length}`);
}

const tabs = ['facts', 'numbers', 'checks', 'problems'];
function toggleGrids() {
  const button = byId('grids');
  const grids = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', grids);
  for (const figure of document.querySelectorAll('#text figure')) figure.classList.toggle('as-raw', !grids);
  if (selected.number !== undefined) bring(markOf(selected.number) || source);
}
keys({
  n: () => step(unread, 'numbers', 1, 'said.no_unread'),
  p: () => step(unread, 'numbers', -1, 'said.no_unread'),
  f: () => step(failing, 'checks', 1, 'said.no_failed'),
  F: () => step(failing, 'checks', -1, 'said.no_failed'),
  j: () => list.step(1),
  k: () => list.step(-1),
  '/': () => byId('search').focus(),
  t: toggleGrids,
  l: () => byId('language').click(),
  d: otherTheme,
  '?': () => byId('help').click(),
  Escape: () => { clearFilters(); select({}); history.replaceState(null, '', location.pathname); list.mark(undefined); say(''); },
  ...Object.fromEntries(tabs.map((name, index) => [String(index + 1), () => open(name)])),
});

// ---- the rest ----------------------------------------------------------------------------------------------------

byId('grids').addEventListener('click', toggleGrids);
byId('help').addEventListener('click', () => {
  const shown = byId('keys').classList.toggle('shown');
  byId('help').setAttribute('aria-expanded', shown);
});
for (const button of document.querySelectorAll('[role=tab]')) {
  button.addEventListener('click', () => open(button.dataset.tab));
  button.querySelector('b').textContent = grouped(all[button.dataset.tab].length);
}
byId('filters').addEventListener('input', filter);
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('filters').addEventListener('reset', () => setTimeout(filter));

// The legend counts each class and takes its colour away when asked to.
for (const button of document.querySelectorAll('#legend button')) {
  const count = numbers.filter((number) => number.class === button.dataset.class).length;
  button.querySelector('b').textContent = grouped(count);
  button.hidden = count === 0;
  button.addEventListener('click', () => {
    const shown = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', shown);
    source.classList.toggle('without-' + button.dataset.class, !shown);
  });
}

// The ruler shows where in the document something is unread or does not balance.
const size = Math.max(1, ...numbers.map((number) => number.end));
const suspects = failing.map((check) => numbers[factAt.get(check.suspect ?? check.facts[0])?.number]).filter(Boolean);
for (const [rows, word] of [[suspects, 'failed'], [unread, 'unread']]) {
  for (const number of rows.slice(0, 500)) {
    const tick = make('i', { className: word });
    tick.style.top = `${(number.start / size) * 100}%`;
    tick.addEventListener('click', () => selectNumber(number.number, true));
    byId('ruler').append(tick);
  }
}

relabel = () => { fillFilters(); filter(); showDetails(); };
speak(language);
open('facts');

// A link to one number: …html#n=12
function follow() {
  const number = /^#n=(\d+)$/.exec(location.hash);
  if (number && numbers[number[1]]) selectNumber(Number(number[1]), true);
}
window.addEventListener('hashchange', follow);
follow();
