// The fault in one small drawing: a race as two accesses that nothing joins, a deadlock as the circle that
// it is, a stuck wait as the chain of those who wait, which ends at nobody.

function stepButton(i, go, ...words) {
  const button = element('button', { type: 'button' }, ...words);
  if (i < 0) button.disabled = true;
  else button.addEventListener('click', () => go(i));
  return button;
}

const stepWords = (story, i) => i < 0 ? '' : `step ${i + 1}${story.steps[i].file ? `, ${placeOf(story.steps[i])}` : ''}`;

// Accesses to memory are not always steps of their own.
function placeWords(story, fault, k) {
  const place = fault.places[k];
  return story.places[k] >= 0 ? stepWords(story, story.places[k])
    : place.file ? `${fileName(place.file)}:${place.line}, between two steps` : 'between two steps';
}

function placesList(story, fault, go) {
  const list = element('ul', { class: 'places' });
  fault.places.forEach((place, k) => {
    list.append(element('li', {}, stepButton(story.places[k], go, ...withCode(`${place.thread || ''} ${place.action || place.function || 'is here'}`.trim()),
      ` - ${placeWords(story, fault, k)}`)));
  });
  return fault.places.length ? list : null;
}

function raceFigure(story, fault, go) {
  const figure = element('div', { class: 'apart-figure' });
  const order = [0, 1].sort((a, b) => story.places[a] - story.places[b]);
  const [first, second] = order.map(k => stepButton(story.places[k], go, element('b', {}, fault.places[k].thread || ''), ' ',
    ...withCode(fault.places[k].action || ''), element('br'), placeWords(story, fault, k)));
  figure.append(first, element('span', { class: 'gap' }, 'nothing orders these two'), second);
  return figure;
}

// Threads and what they wait for, in turn, each with the arrow that leads on.
function circleNodes(story) {
  const nodes = [];
  for (const thread of story.graph.circle) {
    const wait = story.graph.waiting.get(thread);
    nodes.push({ name: thread, word: wait.kind === 'thread' ? 'waits for its end' : 'waits for', waits: true });
    if (wait.kind !== 'thread') nodes.push({ name: wait.object || wait.kind, object: wait.object, word: 'held by' });
  }
  return nodes;
}

function ringNode(story, node) {
  const group = shape('g'), width = Math.max(52, Math.min(150, node.name.length * 8 + 18));
  const lock = node.object != null && story.lockNumber.has(node.object) ? lockColour(story, node.object) : -1;
  group.append(shape('rect', { class: lock < 0 ? 'node' : `node-lock bar-${lock}`, x: node.x - width / 2, y: node.y - 15, width, height: 30,
    rx: node.waits ? 15 : 4 }));
  const short = node.name.length > 17 ? `…${node.name.slice(-16)}` : node.name;
  group.append(shape('text', { x: node.x, y: node.y + 4.5, class: lock === 0 ? 'on-0' : lock > 0 ? 'on-lock' : '' }, short));
  return { group, width };
}

function ringFigure(story) {
  const nodes = circleNodes(story), count = nodes.length, wide = 400, high = count <= 4 ? 150 : 290;
  nodes.forEach((node, k) => {
    const angle = (count === 4 ? -3 * Math.PI / 4 : count === 2 ? Math.PI : -Math.PI / 2) + 2 * Math.PI * k / count;
    const stretch = count === 4 ? Math.SQRT2 : 1;
    node.x = wide / 2 + Math.cos(angle) * 120 * stretch;
    node.y = high / 2 + Math.sin(angle) * (high / 2 - 20) * stretch;
  });
  const svg = shape('svg', { class: 'ring', viewBox: `0 0 ${wide} ${high}`, 'aria-hidden': 'true' });
  const made = nodes.map(node => ringNode(story, node)), words = [];
  nodes.forEach((node, k) => {
    const next = nodes[(k + 1) % count], dx = next.x - node.x, dy = next.y - node.y, length = Math.hypot(dx, dy) || 1;
    const ux = dx / length, uy = dy / length, kind = node.waits ? 'waits-for' : 'held';
    const edge = (width, way) => Math.min(Math.abs(ux) > .01 ? width / 2 / Math.abs(ux) : Infinity, Math.abs(uy) > .01 ? 15 / Math.abs(uy) : Infinity) + way;
    const start = edge(made[k].width, 2), stop = length - edge(made[(k + 1) % count].width, 12);
    const bend = count === 2 ? 45 : 0, cx = (node.x + next.x) / 2 - uy * bend, cy = (node.y + next.y) / 2 + ux * bend;
    const from = [node.x + ux * start - uy * (bend && 8), node.y + uy * start + ux * (bend && 8)];
    const to = [node.x + ux * stop - uy * (bend && 8), node.y + uy * stop + ux * (bend && 8)];
    const turn = Math.hypot(to[0] - cx, to[1] - cy) || 1, hx = (to[0] - cx) / turn, hy = (to[1] - cy) / turn;
    svg.append(shape('path', { class: kind, d: `M${from}Q${cx} ${cy} ${to}` }),
      shape('path', { class: `head ${kind}`, d: `M${to[0] + hx * 10} ${to[1] + hy * 10}L${to[0] - hy * 6} ${to[1] + hx * 6}L${to[0] + hy * 6} ${to[1] - hx * 6}Z` }));
    words.push(shape('text', { class: 'word', x: bend ? (node.x + next.x) / 2 - uy * bend * .55 : cx, y: bend ? (node.y + next.y) / 2 + ux * bend * .55 + 4 : cy + 4 }, node.word));
  });
  svg.append(...made.map(node => node.group), ...words);
  return svg;
}

function circleList(story, go) {
  const list = element('ul', { class: 'places' });
  for (const thread of story.graph.circle) {
    for (const bar of story.bars)
      if (bar.thread === thread && bar.to === Infinity && story.graph.circle.some(other => story.graph.waiting.get(other).object === bar.object))
        list.append(element('li', {}, stepButton(bar.from, go, `${thread} has held `, element('code', {}, bar.object), ` since ${stepWords(story, bar.from)}`)));
    const wait = story.graph.waiting.get(thread);
    list.append(element('li', {}, stepButton(wait.from, go, `${thread} waits for `, element('code', {}, wait.object || wait.kind),
      `${wait.kind === 'thread' ? ' to end' : ''} since ${stepWords(story, wait.from)}`)));
  }
  return list;
}

function chainFigures(story) {
  const { waiting, owners } = story.graph;
  const awaited = new Set([...owners.values()].flat());
  const chains = element('div');
  for (const thread of waiting.keys()) {
    if (awaited.has(thread)) continue;
    const chain = element('p', { class: 'chain' }), seen = new Set();
    for (let at = thread; at; ) {
      chain.append(element('span', { class: 'node' }, at));
      const wait = waiting.get(at);
      if (!wait || seen.has(at)) break;
      seen.add(at);
      chain.append(element('span', { class: 'word' }, wait.kind === 'thread' ? 'waits for the end of →' : `waits for the ${wait.kind} →`));
      const owner = owners.get(at)[0];
      if (wait.kind !== 'thread') chain.append(element('span', { class: 'node' }, wait.object || wait.kind));
      if (!owner) chain.append(element('span', { class: 'word' }, 'which is left to →'), element('span', { class: 'node nobody' }, 'nobody'));
      else if (wait.kind !== 'thread') chain.append(element('span', { class: 'word' }, 'held by →'));
      at = owner;
    }
    chains.append(chain);
  }
  return chains;
}

function drawFigure(view, story, go) {
  const fault = view.fault, drawing = byId('drawing');
  drawing.replaceChildren();
  byId('figure').hidden = !fault;
  if (!fault) return;
  byId('figure-title').replaceChildren(visible(fault.kind));
  const add = (...parts) => drawing.append(...parts.filter(Boolean));
  add(element('p', { class: 'meaning' }, fault.meaning));
  if (fault.kind === 'data-race' && fault.places.length === 2) add(raceFigure(story, fault, go));
  else if (HANGS.has(fault.kind) && story.graph.circle.length) add(story.graph.circle.length <= 6 ? ringFigure(story) : element('p', {}, `A circle of ${story.graph.circle.length} threads:`), circleList(story, go));
  else if (fault.kind === 'stuck-wait' && story.graph.waiting.size) add(chainFigures(story), placesList(story, fault, go));
  else add(placesList(story, fault, go));
}
