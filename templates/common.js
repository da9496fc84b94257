// What both kinds of page share: data, labels in two languages, light and dark, a list that draws only what is seen.
// Everything from reports goes into the page as text (`textContent`), never as markup.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const root = document.documentElement;
const byId = (id) => document.getElementById(id);

/** An element with properties and children; strings become text. */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null) continue;
    if (name in element && name !== 'list') element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** What was chosen on an earlier page; a browser may forbid remembering. */
const memory = {
  get(key) { try { return localStorage.getItem('juesuan.' + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem('juesuan.' + key, value); } catch { /* then not */ } },
};

// ---- language ----------------------------------------------------------------------------------------------------

let language = memory.get('language') || ((navigator.language || 'zh').startsWith('zh') ? 'zh' : 'en');

/** The label of `key`; a word without one stands for itself. */
function t(key) {
  const label = data.labels[key];
  return label ? label[language] : key.slice(key.indexOf('.') + 1);
}

/** The name of a concept or identity, which the dataset's grammars give as [Chinese, English]. */
function named(names, id) {
  const name = names[id];
  return name ? name[language === 'zh' ? 0 : 1] : id;
}

/** Called when the language changes; each page sets it. */
let relabel = () => {};

function speak(chosen) {
  language = chosen;
  memory.set('language', chosen);
  root.lang = chosen;
  for (const element of document.querySelectorAll('[data-placeholder]')) element.placeholder = t(element.dataset.placeholder);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label));
  relabel();
}

// ---- light and dark ----------------------------------------------------------------------------------------------

function shine(theme) {
  if (theme) root.dataset.theme = theme;
  memory.set('theme', theme || '');
}
function otherTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  shine(dark ? 'light' : 'dark');
}
shine(memory.get('theme'));

// ---- numbers -----------------------------------------------------------------------------------------------------

/** A decimal with separators; digits are moved, never calculated with. */
function grouped(digits) {
  const [, sign, whole, fraction] = /^(-?)(\d*)(.*)$/.exec(String(digits));
  return sign.replace('-', '−') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction;
}

// ---- the list ----------------------------------------------------------------------------------------------------

/** A list of any length: rows of one height, of which only those in sight are in the page. */
class List {
  /** `draw(row)` gives the children of a row's element, `choose(row)` is called when it is clicked. */
  constructor(element, draw, choose) {
    Object.assign(this, { element, draw, choose, rows: [], selected: -1, drawn: new Map() });
    this.room = make('div', { className: 'room' });
    element.append(this.room);
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; this.update(); });
    };
    element.addEventListener('scroll', later, { passive: true });
    new ResizeObserver(later).observe(element);
    element.addEventListener('click', (event) => {
      const row = event.target.closest('[data-row]');
      if (row && !event.target.closest('a')) this.pick(Number(row.dataset.row));
    });
  }

  /** Shows `rows`; `selected` is the one to mark. */
  set(rows, selected) {
    this.rows = rows;
    this.selected = rows.indexOf(selected);
    this.height = parseFloat(getComputedStyle(this.element).getPropertyValue('--row')) || 48;
    this.room.style.height = rows.length * this.height + 'px';
    this.redraw();
    if (this.selected >= 0) this.reveal();
  }

  redraw() {
    for (const element of this.drawn.values()) element.remove();
    this.drawn.clear();
    this.update();
  }

  /** Draws the rows in sight and a few around them. */
  update() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / this.height) - 4);
    const last = Math.min(this.rows.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / this.height) + 4);
    for (const [index, element] of this.drawn) {
      if (index < first || index >= last) { element.remove(); this.drawn.delete(index); }
    }
    for (let index = first; index < last; index += 1) {
      if (this.drawn.has(index)) continue;
      const element = make('div', { className: 'row', role: 'option' }, ...this.draw(this.rows[index]));
      element.dataset.row = index;
      element.setAttribute('aria-posinset', index + 1);
      element.setAttribute('aria-setsize', this.rows.length);
      element.setAttribute('aria-selected', index === this.selected);
      element.style.transform = `translateY(${index * this.height}px)`;
      this.drawn.set(index, element);
      this.room.append(element);
    }
  }

  /** Marks a row without choosing it. */
  mark(row) {
    this.selected = this.rows.indexOf(row);
    for (const [index, element] of this.drawn) element.setAttribute('aria-selected', index === this.selected);
    if (this.selected >= 0) this.reveal();
  }

  reveal() {
    const top = this.selected * this.height;
    const room = this.element.clientHeight;
    if (top < this.element.scrollTop || top + this.height > this.element.scrollTop + room) {
      this.element.scrollTop = Math.max(0, top - room / 3);
    }
    this.update();
  }

  pick(index) {
    const row = this.rows[index];
    if (!row) return;
    this.mark(row);
    this.choose(row);
  }

  /** The next or previous row for which `wanted` holds, round and round. */
  step(by, wanted) {
    const count = this.rows.length;
    let index = this.selected;
    for (let tried = 0; tried < count; tried += 1) {
      index = index < 0 ? (by > 0 ? 0 : count - 1) : (index + by + count) % count;
      if (!wanted || wanted(this.rows[index])) return this.pick(index);
    }
    return undefined;
  }
}

// ---- keys --------------------------------------------------------------------------------------------------------

/** Calls the function of the key pressed, unless something is being typed. */
function keys(actions) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches('input:not([type=checkbox]), select, textarea');
    if (typing) {
      if (event.key === 'Escape' || event.key === 'Enter') event.target.blur(); // the filter stays
      return;
    }
    const action = actions[event.key];
    if (!action) return;
    if (event.key === 'Enter' && event.target.matches('a, button, summary')) return;
    event.preventDefault();
    action();
  });
}

/** Fills a select with [value, text] pairs and keeps what is chosen. */
function choices(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => make('option', { value }, text)));
  if (pairs.some(([value]) => value === chosen)) select.value = chosen;
}

/** Says something in the line below, also to those who listen. */
function say(text) { byId('said').textContent = text; }

byId('language').addEventListener('click', () => speak(language === 'zh' ? 'en' : 'zh'));
byId('theme').addEventListener('click', otherTheme);
