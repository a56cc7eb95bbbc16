// Opens pages of a grade book in a real browser, wide and narrow, light and dark: node browse.mjs FILE...
// Fails when a page runs or fetches anything, scrolls sideways, or has words that are hard to read.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../build/browser/', import.meta.url));
const { chromium } = require('playwright-core');

// Of every element with words of its own: the contrast with what is behind it (WCAG 2.1).
const contrasts = () => {
  const parts = colour => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = at => {
    for (; at; at = at.parentElement) {
      const paper = parts(getComputedStyle(at).backgroundColor);
      if (paper.length < 4 || paper[3] > 0) return paper;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll('*')]
    .filter(at => at.checkVisibility() && [...at.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(at => {
      const [a, b] = [light(parts(getComputedStyle(at).color)), light(behind(at))].sort((x, y) => y - x);
      return { ratio: (a + 0.05) / (b + 0.05), words: at.textContent.slice(0, 40), of: at.className };
    }).filter(({ ratio }) => ratio < 4.5);
};

const headings = () => [...document.querySelectorAll('h1, h2, h3, h4')].map(at => Number(at.tagName[1]));
const sideways = () => document.scrollingElement.scrollWidth - window.innerWidth;
const foreign = () => [...document.querySelectorAll('script, iframe, object, embed, img, form, base, link, [style]')].map(at => at.outerHTML);
const nameless = () => [...document.querySelectorAll('table')].filter(at => !at.querySelector('th[scope=col]')).length;

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const file of process.argv.slice(2))
    for (const [width, colorScheme] of [[400, 'light'], [1280, 'dark']]) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const said = [], asked = [];
      page.on('console', message => said.push(message.text()));
      page.on('dialog', dialog => { said.push('a dialog'); dialog.dismiss(); });
      page.on('request', request => asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => document.querySelectorAll('details').forEach(at => { at.open = true; }));
      assert.deepEqual(said, [], `${file}: it says something`);
      assert.deepEqual(asked, [pathToFileURL(file).href], `${file}: it asks for something`);
      assert.deepEqual(await page.evaluate(foreign), [], `${file}: elements that are none of ours`);
      assert.ok(await page.evaluate(sideways) <= 0, `${file}: it scrolls sideways at ${width}`);
      assert.deepEqual(await page.evaluate(contrasts), [], `${file}: hard to read in ${colorScheme}`);
      assert.equal(await page.evaluate(nameless), 0, `${file}: a table without names of its columns`);
      const levels = await page.evaluate(headings);
      assert.equal(levels.filter(level => level === 1).length, 1, `${file}: one title`);
      levels.forEach((level, i) => assert.ok(!i || level <= levels[i - 1] + 1, `${file}: a heading is left out`));
      await page.close();
    }
} finally {
  await browser.close();
}
