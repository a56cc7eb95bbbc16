// The source beside the picture: which line each thread is at, and the lines of the fault.

const LINE = 20;
const KEYWORDS = new Set(('auto break case char const continue default do double else enum extern float for goto if inline int long ' +
  'register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Atomic _Bool ' +
  '_Generic _Noreturn _Static_assert _Thread_local bool true false NULL').split(' '));
const TOKEN = /\/\/.*|\/\*.*?(?:\*\/|$)|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[A-Za-z_]\w*/g;

const source = { files: [], shown: null, marks: new Map(), faults: new Set(), current: null, chosen: false };

// For each line whether it begins within a comment.
function commentsOf(lines) {
  let inside = false;
  return lines.map(line => {
    const began = inside;
    const rest = inside ? (line.includes('*/') ? line.slice(line.indexOf('*/') + 2) : null) : line;
    if (rest !== null) {
      const code = rest.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/.*|\/\*.*?\*\//g, '');
      inside = code.includes('/*');
    }
    return began;
  });
}

function highlighted(line, inComment) {
  const code = element('code');
  let at = 0;
  if (inComment) {
    const end = line.indexOf('*/');
    at = end < 0 ? line.length : end + 2;
    code.append(element('span', { class: 'c' }, line.slice(0, at)));
  }
  TOKEN.lastIndex = at;
  for (let found; at < line.length && (found = TOKEN.exec(line));) {
    const token = found[0];
    const kind = /^\/[/*]/.test(token) ? 'c' : /^["']/.test(token) ? 'q' : KEYWORDS.has(token) ? 'k' : null;
    if (!kind) continue;
    if (found.index > at) code.append(visible(line.slice(at, found.index)));
    code.append(element('span', { class: kind }, token));
    at = found.index + token.length;
  }
  if (at < line.length) code.append(visible(line.slice(at)));
  return code;
}

function lineRow(file, number) {
  const key = `${file.path}\n${number}`, at = source.marks.get(key) || [];
  const classes = ['line', source.faults.has(key) && 'fault-line', source.current === key && 'current'].filter(Boolean).join(' ');
  const marks = element('span', { class: 'threads' });
  for (const { thread, runs } of at.slice(0, 4)) marks.append(element('b', runs ? { class: 'runs' } : {}, thread));
  if (at.length > 4) marks.append(element('b', { title: at.map(mark => mark.thread).join(' ') }, '…'));
  const fault = source.faults.has(key) ? '✕ ' : '';
  const row = element('div', { class: classes, 'data-line': number }, marks, element('span', { class: 'at' }, fault + number),
    highlighted(file.lines[number - 1], file.comments[number - 1]));
  return row;
}

let sourceWindow = null;

function fillLines(from, to) {
  const pane = byId('lines'), file = source.shown;
  pane.replaceChildren();
  if (!file) return;
  if (!file.lines) {
    pane.append(element('p', { class: 'absent' }, `${file.path} could not be read when this picture was made.`));
    return;
  }
  const space = rows => { const made = element('div'); made.style.height = `${rows * LINE}px`; return made; };
  pane.append(space(from));
  for (let i = from; i < to; i++) pane.append(lineRow(file, i + 1));
  pane.append(space(file.lines.length - to));
}

function showFile(file) {
  if (source.shown === file) return false;
  source.shown = file;
  for (const tab of byId('files').children) {
    const mine = tab.file === file;
    tab.setAttribute('aria-selected', mine);
    tab.tabIndex = mine ? 0 : -1;
    if (mine) byId('lines').setAttribute('aria-labelledby', tab.id);
  }
  byId('lines').scrollTop = 0;
  return true;
}

function chooseFile(file) {
  showFile(file);
  sourceWindow.draw(true);
}

function makeSources(sources) {
  source.files = sources.map(({ file, text }) => {
    const lines = text == null ? null : text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
    return { path: file, lines, comments: lines && commentsOf(lines) };
  });
  const names = source.files.map(file => fileName(file.path));
  source.files.forEach((file, i) => {
    const twice = names.indexOf(names[i]) !== names.lastIndexOf(names[i]);
    const tab = element('button', { type: 'button', role: 'tab', id: `file-${i}`, 'aria-controls': 'lines', title: file.path },
      twice ? file.path : names[i]);
    tab.file = file;
    tab.addEventListener('click', () => chooseFile(file));
    tab.addEventListener('keydown', event => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      const other = byId('files').children[(i + way + source.files.length) % source.files.length];
      chooseFile(other.file);
      other.focus();
    });
    byId('files').append(tab);
  });
  sourceWindow = windowed(byId('lines'), () => source.shown && source.shown.lines ? source.shown.lines.length : 0, LINE, 0, fillLines);
  if (source.files.length) showFile(source.files[0]);
}

function markFaults(places) {
  source.faults = new Set(places.filter(place => place.file && place.line).map(place => `${place.file}\n${place.line}`));
}

// Marks where every thread is at step i, and shows the line of the one that runs.
function sourceAt(story, i) {
  source.marks = new Map();
  for (const thread of story.threads) {
    if (story.life.get(thread).ended < i) continue;
    let at = lastStepOf(story, thread, i);
    while (at >= 0 && !story.steps[at].file && at !== i) at = lastStepOf(story, thread, at - 1);
    const step = story.steps[at];
    if (!step || !step.file) continue;
    const key = `${step.file}\n${step.line}`, mark = { thread, runs: at === i };
    source.marks.has(key) ? source.marks.get(key).push(mark) : source.marks.set(key, [mark]);
  }
  const step = story.steps[i];
  source.current = step && step.file ? `${step.file}\n${step.line}` : null;
  const file = step && source.files.find(each => each.path === step.file);
  if (file) {
    if (showFile(file)) sourceWindow.draw(true);
    if (file.lines && step.line <= file.lines.length) sourceWindow.reveal(step.line - 1);
  }
  sourceWindow.draw(true);
}
