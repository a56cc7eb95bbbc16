// Small helpers for the page. Program text is only ever put into it as text.

const SVG = 'http://www.w3.org/2000/svg';
const byId = id => document.getElementById(id);

// Characters that nobody sees, or that turn the text around them, are shown by their number.
const HIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const visible = text => String(text).replace(HIDDEN, c => `<U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null) made.setAttribute(key, visible(value));
  for (const child of children) if (child != null) made.append(typeof child === 'string' ? visible(child) : child);
  return made;
}

function shape(name, attributes = {}, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text != null) made.textContent = visible(text);
  return made;
}

const fileName = path => path ? path.slice(path.lastIndexOf('/') + 1) : '';
const placeOf = step => step.file ? `${fileName(step.file)}:${step.line}` : '';

// A, B, … Z, A1, …
const letterOf = n => String.fromCharCode(65 + n % 26) + (n < 26 ? '' : Math.floor(n / 26));

// Text with `names` in backquotes, each as code.
function withCode(text) {
  return String(text).split('`').map((part, i) => i % 2 ? element('code', {}, part) : document.createTextNode(visible(part)));
}

// Rows of one height of which only those in view exist. `fill(from, to)` puts them between two spaces
// whose heights stand for the others; it is told whether rows that stand there already are out of date.
// Returns a function that draws again, and one that scrolls to a row.
function windowed(scroller, count, height, before, fill) {
  let shown = null;
  const EXTRA = 12;
  const draw = force => {
    const top = Math.max(0, scroller.scrollTop - before);
    const rows = Math.ceil((scroller.clientHeight || 600) / height);
    const from = Math.max(0, Math.min(Math.floor(top / height) - EXTRA, count() - rows - EXTRA));
    const to = Math.min(count(), from + rows + 2 * EXTRA);
    if (!force && shown && Math.abs(shown.from - from) < EXTRA / 2 && shown.to - shown.from === to - from) return;
    shown = { from, to };
    fill(from, to, force);
  };
  let asked = false;
  scroller.addEventListener('scroll', () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(false); });
  }, { passive: true });
  new ResizeObserver(() => draw(true)).observe(scroller);
  const reveal = row => {
    if (scroller.scrollHeight < (row + 1) * height) draw(true);
    const top = row * height, room = scroller.clientHeight - before;
    if (top < scroller.scrollTop + height || top + 2 * height > scroller.scrollTop + room)
      scroller.scrollTop = Math.max(0, top - room / 2);
  };
  return { draw, reveal, shown: () => shown };
}
