// The page: which schedule and which step are shown, and the ways to go on from there.

const data = JSON.parse(byId('data').textContent);
const word = n => n == null || n < 0 ? null : data.words[n];

// Schedules to choose from: those of the faults and those that were tried, each once.
function viewsOf() {
  const views = data.tried.map(tried => ({ rows: tried.trace, schedule: tried.schedule, ended: tried.ended, fails: tried.fails, fault: null }));
  const extra = [];
  for (const fault of data.faults) {
    fault.places = fault.places.map(([file, line, inside, thread, action]) =>
      ({ file: word(file), line, function: word(inside), thread: word(thread), action: word(action) }));
    if (!fault.trace) continue;
    const same = views.find(view => !view.fault && view.schedule != null && view.schedule === fault.schedule);
    const view = same || { schedule: fault.schedule };
    Object.assign(view, { rows: fault.trace, fault, fails: true, ended: fault.kind });
    if (!same) extra.push(view);
    fault.view = view;
  }
  return [...extra, ...views];
}

const views = viewsOf();
const EDGES = ['none', 'step', 'all'];
const state = { view: null, story: null, step: 0, edges: 'none', playing: null, ordered: null, printing: false };
const PRINTED = 2000;

// Rows

function endRow(row, index) {
  const story = state.story, stuck = story.threads.filter(thread => story.waits.some(wait => wait.endless && wait.thread === thread));
  const told = stuck.length > 8 ? [...stuck.slice(0, 7), `${stuck.length - 7} more`] : stuck;
  const text = stuck.length ? `✕ ${told.join(', ')} ${stuck.length === 1 ? 'waits' : 'wait'} for ever`
    : state.view.fails ? `✕ ${state.view.ended}` : `the end: ${state.view.ended || 'no fault'}`;
  row.className = 'ended';
  row.append(element('td', { class: 'number' }), element('td', { class: 'lanes' }, laneSlice(story, index, state.spans, -1)),
    element('td', { class: 'what', title: text }, text), element('td', { class: 'where' }));
}

function stepRow(index) {
  const story = state.story, step = story.steps[index], row = element('tr', { 'aria-rowindex': index + 2 });
  row.dataset.row = index;
  if (!step) { endRow(row, index); return row; }
  const bad = story.faulty.has(index);
  row.className = bad ? 'step fault' : 'step';
  if (index === state.step) row.setAttribute('aria-current', 'step');
  const apart = state.ordered && !state.ordered.has(index);
  const number = element('td', { class: 'number' }, apart ? element('span', { class: 'apart', title: 'nothing orders this and the chosen step' }, '∥') : null, bad ? ` ✕ ${index + 1}` : ` ${index + 1}`);
  const what = element('td', { class: 'what', title: stepSentence(step).replace(/`/g, '') }, ...describe(step));
  if (noteOf(step)) what.append(element('span', { class: 'chip' }, noteOf(step)));
  const before = index && story.steps[index - 1].thread;
  if (step.switched && before && before !== step.thread) what.append(element('span', { class: 'chip' }, `${before} could have gone on`));
  if (step.wakes.length) what.append(element('span', { class: 'chip' }, `lets ${step.wakes.join(', ')} go on`));
  row.append(number, element('td', { class: 'lanes' }, laneSlice(story, index, state.spans, state.step)), what,
    element('td', { class: 'where' }, placeOf(step)));
  return row;
}

function edgesShown(from, to) {
  if (state.edges === 'none') return [];
  const reach = within(state.story.edges, from, to);
  return state.edges === 'all' ? reach : reach.filter(edge => edge.from === state.step || edge.to === state.step);
}

function fillRows(from, to, anew) {
  const story = state.story, rows = byId('rows'), count = story.steps.length + 1;
  const space = height => {
    const row = element('tr', { class: 'space', 'aria-hidden': 'true' }, element('td', { colspan: 4 }));
    row.firstChild.style.height = `${height * ROW}px`;
    return row;
  };
  state.spans = { waits: within(story.waits, from, to), bars: within(story.bars, from, to), edges: edgesShown(from, to) };
  const kept = new Map(anew ? [] : [...rows.children].map(row => [row.dataset.row, row]));
  const made = document.createDocumentFragment();
  if (from > 0) made.append(space(from));
  for (let i = from; i < to; i++) made.append(kept.get(String(i)) || stepRow(i));
  if (to < count) made.append(space(count - to));
  rows.replaceChildren(made);
}

const stepWindow = windowed(byId('steps'), () => state.story ? state.story.steps.length + 1 : 0, ROW, 28,
  (from, to, anew) => state.story && !state.printing && fillRows(from, to, anew));

function drawHead() {
  const names = byId('lane-names'), pane = byId('steps').clientWidth;
  byId('table').classList.toggle('wide', lanes.all > Math.max(pane * .5, pane - 360));
  names.replaceChildren();
  names.style.width = `${lanes.all}px`;
  for (const thread of state.story.threads) {
    const made = element('span', {}, thread);
    made.style.left = `${laneX(state.story, thread)}px`;
    names.append(made);
  }
}

function sign(draw, words) {
  const svg = shape('svg', { viewBox: '0 0 22 14', 'aria-hidden': 'true' });
  draw(svg);
  return element('span', {}, svg, words);
}

function drawLegend() {
  const legend = byId('legend'), story = state.story;
  legend.replaceChildren();
  for (const name of story.locks.slice(0, 60)) legend.append(element('span', {}, lockChip(name), element('code', {}, name)));
  if (story.locks.length > 60) legend.append(element('span', {}, `and ${story.locks.length - 60} locks more`));
  legend.append(sign(svg => svg.append(shape('path', { class: 'run', d: 'M2 7H20' })), 'runs'));
  if (story.waits.length) legend.append(sign(svg => svg.append(shape('rect', { class: "hatched", x: 1, y: 1, width: 20, height: 12, fill: 'url(#hatch-none)' })), 'waits'));
  if (story.bars.some(bar => bar.shared)) legend.append(sign(svg => svg.append(shape('path', { class: 'bar bar-0 shared', d: 'M5 1h11v12h-11z' }),
    shape('path', { class: 'rim', d: 'M5 1h11v12h-11z' })), 'held for reading only'));
  if (story.threads.length > 1) legend.append(sign(svg => svg.append(shape('path', { class: 'unborn', d: 'M2 7H20' })), 'created, not begun'));
  if (story.race) legend.append(sign(svg => svg.append(shape('path', { class: 'broken', d: 'M1 7H21' })), 'nothing orders these two'));
  if (state.edges !== 'none') legend.append(sign(svg => svg.append(shape('path', { class: 'edge chosen', d: 'M1 7H14' }),
    shape('path', { class: 'point chosen', d: 'M20 7L12 3V11Z' })), 'happens before'));
  if (state.edges === 'step') legend.append(element('span', {}, element('b', { class: 'apart' }, '∥'), 'not ordered with the chosen step'));
}

// What is shown

function drawEdgesButton() {
  const words = { none: 'Order: hidden', step: 'Order: this step', all: 'Order: all steps' };
  byId('edges').textContent = words[state.edges];
  byId('edges').setAttribute('aria-pressed', state.edges !== 'none');
}

// Down to the row, and sideways to the lane.
function revealStep(step) {
  stepWindow.reveal(step.i);
  const pane = byId('steps'), x = laneX(state.story, step.thread), text = byId('rows').querySelector('tr.step .what');
  if (!byId('table').classList.contains('wide') || !text) return;
  const room = pane.clientWidth - text.offsetWidth - 70;
  if (x < pane.scrollLeft + 20 || x > pane.scrollLeft + room) pane.scrollLeft = Math.max(0, x - room / 2);
}

function drawStep(reveal) {
  const story = state.story, step = story.steps[state.step];
  state.ordered = state.edges === 'step' && step ? orderedWith(story, state.step) : null;
  if (reveal && step) revealStep(step);
  stepWindow.draw(true);
  const now = byId('now');
  now.setAttribute('aria-live', state.playing ? 'off' : 'polite');
  if (!step) now.replaceChildren('There is no step to show.');
  else now.replaceChildren(element('b', {}, `Step ${state.step + 1} of ${story.steps.length}: `), ...withCode(stepSentence(step)),
    element('b', {}, faultWords(step)), element('small', {}, ...withCode(situation(story, state.step))));
  const last = story.steps.length - 1;
  byId('first').disabled = byId('back').disabled = state.step <= 0;
  byId('last').disabled = byId('forward').disabled = state.step >= last;
  byId('to-fault').disabled = !state.view.fails && !data.faults.some(fault => fault.view);
  sourceAt(story, state.step);
}

function go(step) {
  const last = state.story.steps.length - 1;
  state.step = Math.max(0, Math.min(last, step));
  if (state.playing && state.step >= last) pause();
  drawStep(true);
}

function pause() {
  clearInterval(state.playing);
  state.playing = null;
  document.body.classList.remove('playing');
  byId('play').setAttribute('aria-label', 'Play');
}

function play() {
  if (state.playing) { pause(); drawStep(false); return; }
  if (state.step >= state.story.steps.length - 1) state.step = 0;
  const pace = state.story.steps.length > 300 ? 250 : 700;
  state.playing = setInterval(() => go(state.step + 1), pace);
  document.body.classList.add('playing');
  byId('play').setAttribute('aria-label', 'Pause');
  drawStep(true);
}

function toFault() {
  if (!state.view.fails) {
    const failing = data.faults.find(fault => fault.view);
    if (failing) show(failing.view);
    return;
  }
  const rows = [...state.story.faulty].sort((a, b) => a - b);
  if (!rows.length) { go(Infinity); return; }
  const next = rows.find(i => i > state.step);
  go(rows.includes(state.step) ? (next === undefined ? rows[0] : next) : rows[0]);
}

function turnEdges() {
  state.edges = EDGES[(EDGES.indexOf(state.edges) + 1) % EDGES.length];
  drawEdgesButton();
  drawStep(false);
  drawLegend();
}

function scheduleWords(view) {
  const at = views.indexOf(view) + 1;
  return `${at} of ${views.length}: ${view.fails ? `✕ fails: ${view.ended}` : `✓ ${view.ended || 'no fault'}`}`;
}

function drawSentence(view) {
  const sentence = byId('sentence'), fault = view.fault;
  if (fault) {
    sentence.replaceChildren(element('b', {}, `${fault.kind}: `), ...withCode(fault.message));
  } else if (view.fails) {
    sentence.replaceChildren(element('b', {}, `This schedule fails: ${view.ended}.`));
  } else if (data.faults.length) {
    sentence.replaceChildren(element('b', { class: 'good' }, 'This schedule shows no fault. '), data.faults.some(each => each.view)
      ? 'Others do: “To the fault” shows one.' : `The fault (${data.faults[0].kind}) has no schedule that could be shown.`);
  } else {
    sentence.replaceChildren(element('b', { class: 'good' }, data.replayed ? 'This schedule shows no fault.' : 'None of the schedules that were tried has a fault.'),
      data.replayed ? '' : ` ${views.length === 1 ? 'One of them is' : `${views.length} of them are`} shown here.`);
  }
}

function drawFaults() {
  const box = byId('faults');
  box.hidden = data.faults.length < 2;
  data.faults.forEach((fault, i) => {
    const place = fault.places[0], button = element('button', { type: 'button' },
      `${i + 1}. ${fault.kind}${place && place.file ? ` at ${fileName(place.file)}:${place.line}` : ''}`);
    button.fault = fault;
    button.title = fault.message;
    if (fault.view) button.addEventListener('click', () => show(fault.view));
    else { button.disabled = true; button.append(' (no schedule is known)'); }
    box.append(button);
  });
}

function drawReplay(view) {
  const replay = byId('replay');
  replay.replaceChildren();
  if (view.schedule == null || !data.replay) {
    if (view.fault) replay.append('This schedule is too long to be written, so it cannot be replayed from here.');
    return;
  }
  replay.append('The same schedule in a terminal: ', element('code', {}, `${data.replay} '${view.schedule}'`));
  const fault = view.fault;
  if (fault && fault.seen && fault.seen[1]) replay.append(` ${fault.seen[0]} of ${fault.seen[1]} random schedules fail in this way.`);
}

function show(view) {
  if (state.playing) pause();
  state.view = view;
  state.story = view.story || (view.story = storyOf(view, data.words));
  const rows = [...state.story.faulty];
  state.step = !view.fails ? 0 : rows.length ? Math.max(...rows) : Math.max(0, state.story.steps.length - 1);
  measureLanes(state.story);
  drawHead();
  drawSentence(view);
  for (const button of byId('faults').children) button.setAttribute('aria-pressed', button.fault === view.fault);
  byId('schedule').value = views.indexOf(view);
  byId('schedule').setAttribute('aria-valuetext', scheduleWords(view));
  byId('schedule-words').textContent = scheduleWords(view);
  byId('table').setAttribute('aria-rowcount', state.story.steps.length + 2);
  markFaults(view.fault ? view.fault.places : [...state.story.faulty].map(i => state.story.steps[i]));
  drawFigure(view, state.story, go);
  drawReplay(view);
  state.ordered = null;
  drawLegend();
  drawStep(true);
}

function showSchedule(way) {
  const at = views.indexOf(state.view) + way;
  if (at >= 0 && at < views.length) show(views[at]);
}

// Ways to go

const KEYS = {
  ArrowRight: () => go(state.step + 1), ArrowDown: () => go(state.step + 1),
  ArrowLeft: () => go(state.step - 1), ArrowUp: () => go(state.step - 1),
  PageDown: () => go(state.step + 10), PageUp: () => go(state.step - 10),
  Home: () => go(0), End: () => go(Infinity),
  ' ': play, f: toFault, e: turnEdges, '[': () => showSchedule(-1), ']': () => showSchedule(1),
  '?': () => byId('help-text').showModal(),
};

// What has the focus keeps its own keys.
function isTaken(event) {
  const at = event.target;
  if (byId('help-text').open || event.ctrlKey || event.altKey || event.metaKey) return true;
  if (at.closest('input') && /^(Arrow|Page|Home|End)/.test(event.key)) return true;
  if (at.closest('button') && event.key === ' ') return true;
  return Boolean(at.closest('#lines, #files')) && /^(Arrow|Page|Home|End)/.test(event.key);
}

function listen() {
  document.addEventListener('keydown', event => {
    const act = KEYS[event.key];
    if (!act || isTaken(event)) return;
    event.preventDefault();
    act();
  });
  const press = (id, act) => byId(id).addEventListener('click', act);
  press('first', () => go(0));
  press('back', () => go(state.step - 1));
  press('play', play);
  press('forward', () => go(state.step + 1));
  press('last', () => go(Infinity));
  press('to-fault', toFault);
  press('edges', turnEdges);
  press('help', () => byId('help-text').showModal());
  byId('schedule').addEventListener('input', event => show(views[Number(event.target.value)]));
  byId('rows').addEventListener('click', event => {
    const row = event.target.closest('tr.step');
    if (row) go(Number(row.dataset.row));
  });
  addEventListener('beforeprint', printAll);
  addEventListener('afterprint', () => { state.printing = false; byId('limit').hidden = true; drawStep(false); });
}

// On paper nothing scrolls: all rows, or those that lead to the chosen step.
function printAll() {
  const count = state.story.steps.length, whole = count <= PRINTED;
  const to = whole ? count : Math.min(count, Math.max(PRINTED, state.step + 10)), from = whole ? 0 : to - PRINTED;
  state.printing = true;
  fillRows(from, to === count ? to + 1 : to, true);
  for (const space of byId('rows').querySelectorAll('.space')) space.remove();
  byId('limit').hidden = whole;
  byId('limit').textContent = `Printed are steps ${from + 1} to ${to} of ${count}: a print holds ${PRINTED} of them, up to the step that was chosen.`;
  const file = source.shown;
  if (file && file.lines) fillLines(0, Math.min(file.lines.length, PRINTED));
}

function begin() {
  document.title = `${data.title} - Interleave`;
  byId('title').textContent = visible(data.title);
  byId('verdict').textContent = visible(`${data.program}: ${data.covered}`);
  hatchings();
  makeSources(data.sources.map(each => ({ file: word(each.file), text: each.text })));
  drawFaults();
  byId('schedules').hidden = views.length < 2;
  byId('schedule').max = views.length - 1;
  for (const view of views) byId('ticks').append(element('span', view.fails ? { class: 'fails' } : {}, view.fails ? '✕' : '·'));
  drawEdgesButton();
  listen();
  show((data.faults.find(fault => fault.view) || {}).view || views.find(view => view.fails) || views[0]);
}

begin();
