// Opens a picture from its file in a real browser and makes one of the checks below:
//   node browse.mjs FILE CHECK
// Fails as well when the page says anything on the console, or asks for anything but its own file.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../build/browser/', import.meta.url));
const { chromium } = require('playwright-core');

const [file, name] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const text = (page, selector) => page.locator(selector).innerText();
const current = async page => Number(await page.locator('tr[aria-current]').getAttribute('data-row')) + 1;
const count = (page, selector) => page.locator(selector).count();
const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };
const steps = async page => Number(/of (\d+)/.exec(await text(page, '#now'))[1]);
const rowText = (page, step) => text(page, `tr[data-row="${step - 1}"]`);
const faultRows = page => page.locator('tr.fault').evaluateAll(rows => rows.map(row => Number(row.dataset.row) + 1));
// Boxes of one look are one path; each begins with a move.
const boxes = (page, selector) => page.locator(selector).evaluateAll(all => all.reduce((sum, at) => sum + at.getAttribute('d').split('M').length - 1, 0));
const background = (page, selector) => page.locator(selector).evaluate(at => getComputedStyle(at).backgroundColor);
const isDark = colour => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 300;

// What must be within the window is: the row of the current step, below the head and above the end.
const inView = page => page.locator('tr[aria-current]').evaluate(row => {
  const box = row.getBoundingClientRect(), pane = document.getElementById('steps').getBoundingClientRect();
  return box.top >= pane.top + 20 && box.bottom <= pane.bottom + 1;
});

const checks = {
  async race(page) {
    assert.match(await text(page, '#sentence'), /^data-race: .*nothing orders the two/);
    const [a, b] = await faultRows(page);
    assert.match(await rowText(page, a), /✕.*T1.*count/s);
    assert.match(await rowText(page, b), /✕.*T2.*count/s);
    assert.equal(await current(page), b, 'it opens at the fault');
    assert.equal(await text(page, '#figure .gap'), 'nothing orders these two');
    assert.ok(await count(page, `tr[data-row="${a - 1}"] .broken`) && await count(page, `tr[data-row="${b - 1}"] .broken`));
    assert.equal(await count(page, `tr[data-row="${a - 2}"] .broken`), 0, 'the broken line begins at the first access');
    await page.locator('#figure button').first().click();
    assert.equal(await current(page), a);
    await press(page, 'e');
    assert.match(await rowText(page, b), /∥/, 'the other access is not ordered with this one');
    assert.match(await text(page, '#lines .current'), /count\+\+/);
    assert.match(await text(page, '#lines .current .threads'), /T1/);
  },

  async deadlock(page) {
    assert.match(await text(page, '#sentence'), /^deadlock: /);
    const drawn = await page.locator('#figure .ring text').evaluateAll(all => all.map(at => at.textContent));
    for (const node of ['T1', 'T2', 'left', 'right']) assert.ok(drawn.includes(node), `${node} is in the circle`);
    assert.equal(drawn.filter(word => word === 'waits for').length, 2);
    assert.equal(drawn.filter(word => word === 'held by').length, 2);
    assert.equal((await faultRows(page)).length, 2);
    for (const row of await faultRows(page)) assert.match(await rowText(page, row), /wants to lock.*must wait: T[12] holds it/s);
    assert.equal(await boxes(page, 'tr.ended .hatched.endless'), 3, 'main waits for one of the two');
    assert.match(await text(page, 'tr.ended'), /wait for ever/);
    assert.deepEqual(await page.locator('#legend .lock').allInnerTexts(), ['A', 'B']);
    await press(page, 'e', 'e');
    assert.ok(await count(page, '.edge'), 'all edges are drawn');
  },

  async stuck(page) {
    assert.match(await text(page, '#sentence'), /^stuck-wait: /);
    assert.match((await text(page, '#figure .chain >> nth=0')).replace(/\s+/g, ' '), /main .*T1 .*changed .*nobody/);
    assert.equal(await boxes(page, 'tr.ended .hatched.endless'), 2);
  },

  // Each bar begins at a lock and ends at its unlock; while it waits, a thread is hatched.
  async lanes(page) {
    await press(page, 'Home');
    const rows = [];
    for (let step = 1; step <= await steps(page); step++) {
      const row = `tr[data-row="${step - 1}"]`;
      rows.push({ words: await text(page, `${row} .what`), bars: await boxes(page, `${row} .bar`), waits: await boxes(page, `${row} .hatched`) });
    }
    const locked = rows.findIndex(row => /locks left/.test(row.words));
    assert.ok(locked >= 0 && rows[locked].bars > (rows[locked - 1] ? rows[locked - 1].bars : 0));
    const blocked = rows.findIndex(row => /wants to lock/.test(row.words));
    assert.ok(rows[blocked].waits > rows[blocked - 1].waits, 'hatched from the step that has to wait');
    assert.equal(rows[0].bars, 0);
  },

  // Two read at the same time what a third wants to write.
  async readers(page) {
    let together = 0;
    for (let step = 1; step <= await steps(page); step++) {
      const row = `tr[data-row="${step - 1}"]`;
      together = Math.max(together, await boxes(page, `${row} .bar.shared`));
      if (/locks to write/.test(await text(page, `${row} .what`))) assert.equal(await boxes(page, `${row} .bar:not(.shared)`), 1);
    }
    assert.ok(together >= 2, `${together} read at once`);
    assert.match(await text(page, '#legend'), /held for reading only/);
  },

  async walk(page) {
    const last = await steps(page);
    await press(page, 'Home');
    assert.equal(await current(page), 1);
    assert.ok(await page.locator('#back').isDisabled());
    await press(page, 'ArrowRight', 'ArrowDown');
    assert.equal(await current(page), 3);
    await press(page, 'ArrowLeft', 'ArrowUp');
    assert.equal(await current(page), 1);
    await press(page, 'ArrowLeft');
    assert.equal(await current(page), 1, 'there is nothing before the first');
    await press(page, 'End', 'ArrowRight');
    assert.equal(await current(page), last);
    await press(page, 'Home', 'f');
    assert.equal(await current(page), (await faultRows(page))[0]);
    await press(page, 'f');
    assert.equal(await current(page), (await faultRows(page))[1]);
    assert.ok(await inView(page));
    for (const [id, step] of [['first', 1], ['forward', 2], ['back', 1], ['last', last]]) {
      await page.locator(`#${id}`).click();
      assert.equal(await current(page), step, id);
    }
    await page.locator('tr[data-row="1"]').click();
    assert.equal(await current(page), 2, 'a click chooses a step');
    assert.match(await text(page, '#now'), /^Step 2 of /);
    assert.equal(await page.locator('#now').getAttribute('aria-live'), 'polite');
  },

  async play(page) {
    await page.clock.install();
    await page.reload();
    const last = await steps(page);
    await press(page, 'Home', ' ');
    assert.equal(await page.locator('#play').getAttribute('aria-label'), 'Pause');
    assert.equal(await page.locator('#now').getAttribute('aria-live'), 'off', 'nothing is read out step by step while it plays');
    await page.clock.runFor(1500);
    assert.equal(await current(page), 3);
    await press(page, ' ');
    await page.clock.runFor(5000);
    assert.equal(await current(page), 3, 'it stands still');
    await page.locator('#play').click();
    await page.clock.runFor(700 * last);
    assert.equal(await current(page), last);
    assert.equal(await page.locator('#play').getAttribute('aria-label'), 'Play', 'it stops at the end');
  },

  async help(page) {
    await press(page, '?');
    assert.ok(await page.locator('#help-text').isVisible());
    const at = await current(page);
    await press(page, 'Home');
    assert.equal(await current(page), at, 'keys are the dialog’s while it is open');
    await press(page, 'Escape');
    assert.ok(!await page.locator('#help-text').isVisible());
  },

  // All that acts can be reached and is seen to be reached.
  async focus(page) {
    const reached = new Set();
    await press(page, 'Home');
    for (let i = 0; i < 40; i++) {
      await press(page, 'Tab');
      const at = await page.evaluate(() => ({ id: document.activeElement.id, ring: getComputedStyle(document.activeElement).outlineStyle,
        body: document.activeElement === document.body }));
      if (!at.body) assert.notEqual(at.ring, 'none', `the focus is seen at ${at.id}`);
      reached.add(at.id);
    }
    for (const id of ['play', 'forward', 'to-fault', 'edges', 'help', 'steps', 'lines']) assert.ok(reached.has(id), id);
    const unnamed = await page.locator('button, input, [role=region], [role=tabpanel]').evaluateAll(all => all.filter(at =>
      !at.innerText.trim() && !at.getAttribute('aria-label') && !at.getAttribute('aria-labelledby') && !(at.labels && at.labels.length)).length);
    assert.equal(unnamed, 0, 'everything has a name');
    assert.equal(await count(page, 'main, header, footer, table'), 4);
  },

  async slider(page) {
    const last = Number(await page.locator('#schedule').getAttribute('max'));
    assert.ok(last >= 2, 'several schedules were tried');
    const seen = { fails: 0, passes: 0 };
    await page.locator('#schedule').fill('0');
    for (let i = 0; i <= last; i++) {
      assert.equal(Number(await page.locator('#schedule').inputValue()), i);
      const words = await text(page, '#schedule-words');
      assert.ok(words.startsWith(`${i + 1} of ${last + 1}: `), words);
      const fails = words.includes('✕');
      assert.ok(fails || / ✓ (no fault|cut off)/.test(words), words);
      seen[fails ? 'fails' : 'passes']++;
      assert.equal((await faultRows(page)).length > 0, fails, words);
      assert.ok(await steps(page) > 0);
      await press(page, ']');
    }
    assert.ok(seen.fails && seen.passes, JSON.stringify(seen));
    assert.equal(await count(page, '#ticks .fails'), seen.fails);
    for (let i = 0; i < last && !(await text(page, '#schedule-words')).includes('✓'); i++) await press(page, '[');
    assert.match(await text(page, '#sentence'), /This schedule shows no fault/);
    assert.ok(await page.locator('#figure').isHidden());
    await press(page, 'f');
    assert.match(await text(page, '#sentence'), /^(data-race|deadlock|stuck-wait): /);
  },

  async clean(page) {
    assert.match(await text(page, '#sentence'), /None of the schedules that were tried has a fault/);
    assert.equal((await faultRows(page)).length, 0);
    assert.equal(await current(page), 1);
    assert.ok(await page.locator('#to-fault').isDisabled());
    assert.ok(await steps(page) > 3);
    assert.equal(await count(page, '.hatched.endless'), 0);
  },

  async replayed(page) {
    assert.match(await text(page, '#sentence'), /This schedule shows no fault/);
    assert.ok(await page.locator('#schedules').isHidden());
  },

  async faults(page) {
    const buttons = page.locator('#faults button');
    assert.ok(await buttons.count() >= 2);
    for (let i = 0; i < await buttons.count(); i++) {
      await buttons.nth(i).click();
      const kind = /^\d+\. (\S+)/.exec(await buttons.nth(i).innerText())[1];
      assert.ok((await text(page, '#sentence')).startsWith(`${kind}: `));
      assert.equal(await buttons.nth(i).getAttribute('aria-pressed'), 'true');
      assert.equal(await count(page, '#faults [aria-pressed=true]'), 1);
    }
  },

  async files(page) {
    assert.deepEqual(await page.locator('#files [role=tab]').allInnerTexts(), ['main.c', 'other.c']);
    const chosen = () => text(page, '#files [aria-selected=true]');
    await page.locator('#files button').nth(0).click();
    assert.match(await text(page, '#lines'), /int main/);
    await press(page, 'ArrowRight');
    assert.equal(await chosen(), 'other.c');
    assert.match(await text(page, '#lines'), /add_one/);
    await press(page, 'Home');
    await page.locator('#first').focus();
    await press(page, 'Home');
    assert.equal(await chosen(), 'main.c', 'the step’s own file is shown');
  },

  // What stands in the program is text, whatever it looks like.
  async hostile(page) {
    assert.equal(await page.evaluate(() => window.harm), undefined);
    assert.equal(await count(page, 'img, iframe, a, b b, main script'), 0);
    const shown = [];
    for (let at = 0; at < 40; at++) {
      shown.push(...await page.locator('#lines .line').allInnerTexts());
      await page.locator('#lines').evaluate(pane => pane.scrollBy(0, 200));
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    const all = shown.join('\n');
    for (const part of ['</script><script>window.harm = 1</script>', '<!-- <script>', '<U+2028>', '<U+202E>', '<img src=x onerror="window.harm=2">'])
      assert.ok(all.includes(part), part);
    assert.match(await text(page, '#files'), /<img src=x onerror=harm=3>\.c/);
    assert.match(await page.title(), /<img src=x onerror=harm=3>\.c/);
    assert.match(await page.locator('meta[http-equiv]').getAttribute('content'), /default-src 'none'/);
    await page.evaluate(() => { const made = document.createElement('script'); made.textContent = 'window.harm = 4'; document.body.append(made); }).catch(() => {});
    assert.equal(await page.evaluate(() => window.harm), undefined, 'no other script may run');
  },

  async schemes(page) {
    await page.emulateMedia({ colorScheme: 'light' });
    assert.ok(!isDark(await background(page, 'body')));
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.ok(isDark(await background(page, 'body')));
    assert.ok(!isDark(await page.locator('body').evaluate(at => getComputedStyle(at).color)));
  },

  async narrow(page) {
    await page.setViewportSize({ width: 400, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400, 'the page itself does not scroll sideways');
    await press(page, 'Home', 'f');
    assert.ok(await inView(page));
    for (const id of ['play', 'to-fault', 'edges', 'steps', 'lines']) {
      const box = await page.locator(`#${id}`).boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 400, id);
    }
    const what = await page.locator('tr[aria-current] .what').boundingBox();
    assert.ok(what.width > 120, `room for words: ${what.width}`);
  },

  async print(page) {
    const all = await steps(page);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await count(page, 'tr.step'), Math.min(all, all > 2000 ? 2000 : all));
    assert.ok(await page.locator('#controls').isHidden());
    assert.ok(!isDark(await background(page, 'body')), 'on white paper');
    assert.equal(await page.locator('#limit').isVisible(), all > 2000);
    if (all > 2000) assert.match(await text(page, '#limit'), new RegExp(`of ${all}: a print holds 2000`));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: null });
    const pdf = await page.pdf({ printBackground: true });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
    assert.ok(pages >= (all > 2000 ? 30 : 1) && pages < 100, `${pages} pages`);
    assert.ok(await page.locator('#limit').isHidden());
    assert.ok(await count(page, 'tr.step') <= all);
  },

  // However long the trace, only what is in view exists.
  async long(page) {
    const all = await steps(page), nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(all >= 10000, `${all} steps`);
    for (const key of ['Home', 'End', 'f', 'e', 'e', 'PageUp']) {
      await press(page, key);
      assert.ok(await nodes() < 3000, `${await nodes()} nodes after ${key}`);
      assert.ok(await inView(page), key);
    }
    await page.locator('#steps').evaluate(pane => { pane.scrollTop = 26 * 5000; });
    await page.locator('tr[data-row="5005"]').waitFor();
    assert.ok(await nodes() < 3000);
    assert.equal(await page.locator('tr[data-row="5005"]').getAttribute('aria-rowindex'), '5007');
    assert.equal(await page.locator('#table').getAttribute('aria-rowcount'), String(all + 2));
  },
};

const options = { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: process.getuid() ? [] : ['--no-sandbox'] };
const browser = await chromium.launch(options);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60000);
  const wrong = [];
  page.on('console', message => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', error => wrong.push(`error: ${error.stack}`));
  page.on('request', request => request.url() === address || wrong.push(`request: ${request.url()}`));
  await page.goto(address);
  await checks[name](page);
  const expected = name === 'hostile' ? /Content Security Policy/ : /^$/;
  assert.deepEqual(wrong.filter(line => !expected.test(line)), []);
} finally {
  await browser.close();
}
