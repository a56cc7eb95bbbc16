// One row of the picture: the slice of all lanes at one step. Rows do not know of each other, so that any
// of them can be left out or printed; what spans many rows is cut by the edges of each.

const ROW = 26, HALF = ROW / 2, PATTERNS = 6;

const lanes = { width: 30, left: 0 };

function measureLanes(story) {
  let slots = 0;
  for (const bar of story.bars) slots = Math.max(slots, bar.slot + 1);
  lanes.slots = Math.min(slots, 6);
  lanes.width = Math.max(30, 24 + 12 * lanes.slots);
  if (story.threads.length > 8) lanes.width = Math.max(22, 18 + 12 * Math.min(lanes.slots, 2));
  if (story.threads.length > 30) lanes.width = 18 + 12 * Math.min(lanes.slots, 1);
  lanes.left = 18;
  lanes.all = lanes.left + lanes.width * story.threads.length;
}

const laneX = (story, thread) => lanes.left + lanes.width * story.lane.get(thread);
const lockColour = (story, object) => story.lockNumber.get(object) % PATTERNS;
const middleOf = (i, row) => (i - row) * ROW + HALF;
// From the middle of its first row to the middle of its last, as far as this row shows it.
const sliceOf = (span, row) => [span.from === row ? HALF : 0, span.to === row ? HALF : ROW];

// The rim of a box that goes on in other rows: closed only where it begins and ends.
const outline = (x, width, top, bottom, span, row) =>
  `M${x} ${bottom}V${top}${span.from === row ? 'h' : 'm'}${width}${span.from === row ? '' : ' 0'}V${bottom}${span.to === row ? `h${-width}` : ''}`;

function drawLives(svg, story, row, end) {
  let born = '', unborn = '';
  for (const thread of story.threads) {
    const { created, started, ended } = story.life.get(thread), x = laneX(story, thread);
    const until = Math.min(ended, end ? -1 : Infinity);
    if (row >= started && row <= until) born += `M${x} ${row === started && thread !== 'main' ? HALF : 0}V${row === ended ? HALF : ROW}`;
    else if (!end && row >= created && row < started + 1 && thread !== 'main')
      unborn += `M${x} ${row === created ? HALF : 0}V${row === started ? HALF : ROW}`;
  }
  if (born) svg.append(shape('path', { class: 'life', d: born }));
  if (unborn) svg.append(shape('path', { class: 'unborn', d: unborn }));
}

// Shapes of one look are one path: a row has few of them, however many lanes it has.
function gathering() {
  const all = new Map();
  return { all, add: (key, d) => all.set(key, (all.get(key) || '') + d) };
}

function drawWaits(svg, story, row, waits) {
  const boxes = gathering(), letters = [];
  let rims = '';
  for (const wait of waits) {
    if (row < wait.from || row > wait.to || (row === story.steps.length && !wait.endless)) continue;
    const isLock = story.lockNumber.has(wait.object) && LOCKS.has(wait.kind), x = laneX(story, wait.thread);
    const [top, bottom] = sliceOf(wait, row);
    const colour = isLock ? lockColour(story, wait.object) : 'none';
    boxes.add(`${colour} ${wait.endless ? 'endless' : ''}`, `M${x - 6} ${top}h12V${bottom}h-12z`);
    rims += outline(x - 6, 12, top, bottom, wait, row);
    if (isLock && row > wait.from && row < wait.to && (row - wait.from) % 6 === 1)
      letters.push(shape('text', { class: 'letter waits', x, y: HALF + 3.5 }, letterOf(story.lockNumber.get(wait.object))));
  }
  for (const [key, d] of boxes.all) {
    const [colour, endless] = key.split(' ');
    svg.append(shape('path', { class: `hatched ${endless}`, d, fill: `url(#hatch-${colour})` }));
  }
  if (rims) svg.append(shape('path', { class: 'rim soft', d: rims }), ...letters);
}

function drawBars(svg, story, row, bars) {
  const boxes = gathering(), letters = [];
  let rims = '', stripes = '';
  for (const bar of bars) {
    if (row < bar.from || row > bar.to || row >= story.steps.length || bar.slot >= lanes.slots) continue;
    const number = story.lockNumber.get(bar.object), colour = number % PATTERNS, x = laneX(story, bar.thread) + 9 + 12 * bar.slot;
    const [top, bottom] = sliceOf(bar, row), box = `M${x} ${top}h11V${bottom}h-11z`;
    boxes.add(bar.shared ? `${colour} shared` : `${colour}`, box);
    if (number >= PATTERNS) stripes += box;
    rims += outline(x, 11, top, bottom, bar, row);
    if (row === bar.from + 1 || (row > bar.from && row < bar.to && (row - bar.from) % 6 === 1) || (bar.to === bar.from + 1 && row === bar.to))
      letters.push(shape('text', { class: `letter ${bar.shared ? 'plain' : `on-${colour}`}`, x: x + 5.5, y: row === bar.to ? 10 : HALF + 3.5 }, letterOf(number)));
  }
  for (const [colour, d] of boxes.all) svg.append(shape('path', { class: `bar bar-${colour}`, d }));
  if (stripes) svg.append(shape('path', { class: 'stripes', d: stripes }));
  if (rims) svg.append(shape('path', { class: 'rim', d: rims }), ...letters);
}

// The thick line: which thread runs, and from which to which the schedule went.
function drawRun(svg, story, row) {
  const step = story.steps[row], before = story.steps[row - 1], after = story.steps[row + 1];
  const x = laneX(story, step.thread);
  if (before && before.thread !== step.thread)
    svg.append(shape('path', { class: step.switched ? 'run turned' : 'run', d: `M${laneX(story, before.thread)} 1H${x}` }));
  svg.append(shape('path', { class: 'run', d: `M${x} ${before ? 1 : HALF}V${after ? ROW : HALF}` }));
}

function drawDot(svg, story, row) {
  const step = story.steps[row], x = laneX(story, step.thread), bad = story.faulty.has(row);
  if (bad) svg.append(shape('path', { class: 'dot bad', d: `M${x} 3L${x + 10} 13L${x} 23L${x - 10} 13Z` }),
    shape('path', { class: 'dot', d: `M${x - 3.5} 9.5L${x + 3.5} 16.5M${x + 3.5} 9.5L${x - 3.5} 16.5` }));
  else svg.append(shape('circle', { class: step.blocks ? 'dot blocked' : 'dot', cx: x, cy: HALF, r: 5 }));
}

function drawEdges(svg, story, row, edges, chosen) {
  for (const { from, to } of edges) {
    if (row < from || row > to) continue;
    const mine = from === chosen || to === chosen ? ' chosen' : '';
    const x1 = laneX(story, story.steps[from].thread), x2 = laneX(story, story.steps[to].thread);
    const y1 = middleOf(from, row), y2 = middleOf(to, row);
    svg.append(shape('line', { class: 'edge' + mine, x1, y1, x2, y2 }));
    if (row < to - 1) continue;
    const length = Math.hypot(x2 - x1, y2 - y1) || 1, ux = (x2 - x1) / length, uy = (y2 - y1) / length;
    const tip = [x2 - 6 * ux, y2 - 6 * uy], base = [tip[0] - 8 * ux, tip[1] - 8 * uy];
    svg.append(shape('path', { class: 'point' + mine, d: `M${tip}L${base[0] - 4.5 * uy} ${base[1] + 4.5 * ux}L${base[0] + 4.5 * uy} ${base[1] - 4.5 * ux}Z` }));
  }
}

// The edge that is missing between the two accesses of a race.
function drawRace(svg, story, row) {
  if (!story.race || row < story.race[0] || row > story.race[1]) return;
  const [a, b] = story.race, x1 = laneX(story, story.steps[a].thread), x2 = laneX(story, story.steps[b].thread);
  const y1 = middleOf(a, row), y2 = middleOf(b, row), x = (x1 + x2) / 2, y = (y1 + y2) / 2;
  svg.append(shape('line', { class: 'broken', x1, y1, x2, y2 }));
  if (y > -8 && y < ROW + 8) svg.append(shape('path', { class: 'cross', d: `M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}` }));
}

// `shown`: what spans the rows in view; `edges` are those to be shown at all.
function laneSlice(story, row, shown, chosen) {
  const svg = shape('svg', { width: lanes.all, height: ROW, viewBox: `0 0 ${lanes.all} ${ROW}`, 'aria-hidden': 'true' });
  const end = row >= story.steps.length;
  drawLives(svg, story, row, end);
  drawWaits(svg, story, row, shown.waits);
  drawBars(svg, story, row, shown.bars);
  if (!end) drawRun(svg, story, row);
  drawEdges(svg, story, row, shown.edges, chosen);
  drawRace(svg, story, row);
  if (!end) drawDot(svg, story, row);
  return svg;
}

// Those of all spans that reach into the rows.
const within = (spans, from, to) => spans.filter(span => span.from <= to && span.to >= from);

function hatchings() {
  const svg = shape('svg', { width: 0, height: 0, class: 'unseen', 'aria-hidden': 'true' }), defs = shape('defs');
  const hatch = (id, colour, width) => {
    const pattern = shape('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
    const line = shape('line', { x1: 0, y1: 0, x2: 0, y2: 6, 'stroke-width': width });
    line.style.stroke = colour;
    pattern.append(line);
    defs.append(pattern);
  };
  for (let i = 0; i < PATTERNS; i++) hatch(`hatch-${i}`, `var(--lock-${i})`, 6.5);
  hatch('hatch-none', 'var(--soft)', 4);
  hatch('stripes', 'var(--ink)', 3);
  svg.append(defs);
  document.body.append(svg);
}
