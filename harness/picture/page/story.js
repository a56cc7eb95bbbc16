'use strict';
// What a schedule tells, step by step: who holds which lock from where to where, who waits, what happens
// before what, and which steps are the fault. Knows nothing of how it is drawn.

const LOCKS = new Set(['mutex', 'read-write lock', 'spin lock', 'stream']);
// A kind of fault in which threads never go on.
const HANGS = new Set(['deadlock', 'stuck-wait', 'double-lock']);

// The rows of the page's data, in which words are numbers.
function stepsOf(rows, words) {
  const word = n => n == null || n < 0 ? null : words[n];
  const nameless = kind => LOCKS.has(kind) ? `a ${kind}` : null;
  return rows.map((row, i) => ({
    i, number: row[0], thread: word(row[1]), does: word(row[2]), object: word(row[3]) ?? nameless(word(row[4])), kind: word(row[4]),
    note: word(row[5]) || '', file: word(row[6]), line: row[7], inside: word(row[8]),
    blocks: Boolean(row[9] & 1) || word(row[5]) === 'must wait', switched: Boolean(row[9] & 2),
    faulty: Boolean(row[9] & 4), wakes: (row[10] || []).map(word), after: row[11] || null,
  }));
}

// main first, then by number.
function threadsOf(steps) {
  const names = new Set();
  for (const step of steps) {
    names.add(step.thread);
    if (step.kind === 'thread' && step.object && step.does === 'creates') names.add(step.object);
  }
  const rank = name => name === 'main' ? -1 : Number(name.replace(/\D/g, '')) || 0;
  return [...names].sort((a, b) => rank(a) - rank(b));
}

function lifeOf(steps, threads) {
  const life = new Map(threads.map(name => [name, { created: 0, started: null, ended: null }]));
  life.get('main') && (life.get('main').started = 0);
  for (const step of steps) {
    const own = life.get(step.thread);
    if (own.started === null) own.started = step.i;
    if (step.does === 'creates' && life.has(step.object)) life.get(step.object).created = step.i;
    if (step.does === 'ends' || step.does === 'returns from main') own.ended = step.i;
  }
  for (const own of life.values()) {
    if (own.started === null) own.started = Infinity;
    if (own.ended === null) own.ended = Infinity;
  }
  return life;
}

// The next step of the same thread after each; Infinity: none.
function followersOf(steps) {
  const next = new Array(steps.length), last = new Map();
  for (let i = steps.length - 1; i >= 0; i--) {
    next[i] = last.has(steps[i].thread) ? last.get(steps[i].thread) : Infinity;
    last.set(steps[i].thread, i);
  }
  return next;
}

// Waits, each up to the step that ends it: the one that wakes the thread where that is known.
function waitsOf(steps, next) {
  const open = new Map(), waits = [];
  for (const step of steps) {
    for (const woken of step.wakes) {
      const wait = open.get(woken);
      if (wait) { wait.to = step.i; open.delete(woken); }
    }
    const wait = open.get(step.thread);
    if (wait && step.i > wait.from) { wait.to = step.i; open.delete(step.thread); }
    if (step.blocks) {
      const begun = { thread: step.thread, from: step.i, to: Infinity, resumes: next[step.i], object: step.object,
        kind: step.kind, does: step.does, endless: false };
      waits.push(begun);
      open.set(step.thread, begun);
    }
  }
  return waits;
}

// Which lock a wait at a condition lets go: the one that the thread takes again when it wakes up.
function lockOfWait(steps, next, i, held) {
  for (let k = next[i]; k < steps.length; k = next[k]) {
    if (/wakes up and locks/.test(steps[k].does)) return steps[k].object;
    if (steps[k].kind !== 'condition') break;
  }
  for (let k = held.length - 1; k >= 0; k--) if (held[k].kind === 'mutex') return held[k].object;
  return null;
}

function barsOf(steps, next) {
  const holding = new Map(), bars = [], owners = new Map();
  const heldBy = thread => holding.get(thread) || holding.set(thread, []).get(thread);
  const ownersOf = object => owners.get(object) || owners.set(object, new Set()).get(object);
  const take = (step, shared) => {
    const held = heldBy(step.thread);
    const mine = held.find(bar => bar.object === step.object);
    if (mine) { mine.depth++; return; }
    const used = new Set(held.map(bar => bar.slot));
    let slot = 0;
    while (used.has(slot)) slot++;
    const bar = { thread: step.thread, object: step.object, kind: step.kind, slot, from: step.i, to: Infinity, shared, depth: 1 };
    held.push(bar);
    bars.push(bar);
    ownersOf(step.object).add(bar);
  };
  const release = (step, object, wholly) => {
    const held = heldBy(step.thread), at = held.findIndex(bar => bar.object === object);
    if (at < 0 || (--held[at].depth > 0 && !wholly)) return;
    held[at].to = step.i;
    ownersOf(object).delete(held[at]);
    held.splice(at, 1);
  };
  const isFree = step => {
    for (const bar of ownersOf(step.object)) if (!bar.shared || !/read/.test(step.does)) return false;
    return true;
  };
  for (const step of steps) {
    if (step.kind === 'condition' && /^(is about to wait|waits) for$/.test(step.does)) {
      const lock = lockOfWait(steps, next, step.i, heldBy(step.thread));
      if (lock !== null) release(step, lock, true);
    }
    if (!LOCKS.has(step.kind) || step.blocks || /times? out/.test(step.note)) continue;
    if (/tries to lock/.test(step.does) ? isFree(step) : /\blocks\b/.test(step.does)) take(step, /to read/.test(step.does));
    else if (step.does === 'unlocks') release(step, step.object, false);
  }
  return bars;
}

// What follows from the steps alone, for traces that do not say what comes after what.
function derivedEdges(steps) {
  const edges = [], released = new Map(), created = new Map(), ended = new Map(), signalled = new Map(), posted = new Map(),
    stored = new Map();
  const join = (from, to) => {
    if (from !== undefined && steps[from].thread !== steps[to].thread) edges.push({ from, to });
  };
  for (const step of steps) {
    const { i, does, object, kind } = step;
    if (step.blocks) continue;
    if (does === 'starts') join(created.get(step.thread), i);
    if (does === 'creates' && kind === 'thread') created.set(object, i);
    if (does === 'ends') ended.set(step.thread, i);
    if (does === 'joins') join(ended.get(object), i);
    if (LOCKS.has(kind) && /\blocks\b/.test(does)) join(released.get(object), i);
    if (LOCKS.has(kind) && does === 'unlocks') released.set(object, i);
    if (does === 'is about to wait for' || (does === 'waits for' && kind === 'condition')) signalled.delete(object + step.thread);
    if (kind === 'semaphore' && does === 'posts') posted.set(object, i);
    if (kind === 'semaphore' && does === 'waits for') join(posted.get(object), i);
    if (kind === 'atomic' && /loads/.test(does)) join(stored.get(object), i);
    if (kind === 'atomic' && /stores/.test(does)) stored.set(object, i);
  }
  return edges;
}

function edgesOf(steps) {
  if (!steps.some(step => step.after)) return derivedEdges(steps);
  const edges = [];
  for (const step of steps)
    for (const from of step.after || []) if (from >= 0 && from < step.i) edges.push({ from, to: step.i });
  return edges;
}

// The step at which a thread did what a place of the fault tells; -1: none.
function stepOfPlace(steps, place, kind) {
  const told = place.action || '';
  let close = -1, near = -1;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step.thread !== place.thread) continue;
    if (HANGS.has(kind) && step.blocks) return i;
    if (step.file !== place.file || step.line !== place.line) continue;
    if (step.object && told.includes(step.object) && told.startsWith(step.does)) return i;
    if (close < 0 && step.object && told.includes(step.object)) close = i;
    if (near < 0) near = i;
  }
  return close >= 0 ? close : near;
}

// Who waits for whom when the schedule has come to its end: from a thread to what it waits for, and from
// there to those who have it.
function waitGraph(story) {
  const waiting = new Map();
  for (const wait of story.waits) if (wait.to === Infinity) waiting.set(wait.thread, wait);
  const ownersOf = wait => {
    if (wait.kind === 'thread') return [wait.object];
    const bars = story.bars.filter(bar => bar.object === wait.object && bar.to === Infinity);
    return LOCKS.has(wait.kind) ? [...new Set(bars.map(bar => bar.thread))] : [];
  };
  const owners = new Map([...waiting].map(([thread, wait]) => [thread, ownersOf(wait)]));
  return { waiting, owners, circle: circleIn(owners) };
}

// The threads of one circle, in its order; empty: none.
function circleIn(owners) {
  const done = new Set();
  const walk = (thread, path) => {
    const at = path.indexOf(thread);
    if (at >= 0) return path.slice(at);
    if (done.has(thread)) return null;
    done.add(thread);
    for (const owner of owners.get(thread) || []) {
      const found = walk(owner, [...path, thread]);
      if (found) return found;
    }
    return null;
  };
  for (const thread of owners.keys()) {
    const found = walk(thread, []);
    if (found) return found;
  }
  return [];
}

function markEndless(story, kind) {
  if (!HANGS.has(kind)) return;
  const { waiting, owners, circle } = story.graph;
  const leads = (thread, seen) => circle.includes(thread) || (!seen.has(thread) &&
    (owners.get(thread) || []).some(owner => leads(owner, new Set([...seen, thread]))));
  for (const [thread, wait] of waiting) wait.endless = kind === 'stuck-wait' || leads(thread, new Set());
}

// Where a schedule failed of which only the end is known: at the waits that hang, or else at its last step.
function lastOf(story, kind) {
  const { waiting, circle } = story.graph;
  if (!HANGS.has(kind) || !waiting.size) return story.steps.length ? [story.steps.length - 1] : [];
  return [...waiting.values()].filter(wait => !circle.length || circle.includes(wait.thread)).map(wait => wait.from);
}

// `view`: {rows, fault, ended}. All that the page asks of a schedule.
function storyOf(view, words) {
  const steps = stepsOf(view.rows, words), next = followersOf(steps);
  const story = { steps, next, threads: threadsOf(steps) };
  story.lane = new Map(story.threads.map((name, i) => [name, i]));
  story.life = lifeOf(steps, story.threads);
  story.waits = waitsOf(steps, next);
  story.bars = barsOf(steps, next);
  story.edges = edgesOf(steps);
  story.graph = waitGraph(story);
  const kind = view.fault ? view.fault.kind : view.ended;
  markEndless(story, kind);
  story.places = view.fault ? view.fault.places.map(place => stepOfPlace(steps, place, kind)) : [];
  story.faulty = new Set(steps.filter(step => step.faulty).map(step => step.i));
  if (!story.faulty.size) for (const i of story.places) if (i >= 0) story.faulty.add(i);
  if (!story.faulty.size && view.fails && !view.fault) for (const i of lastOf(story, kind)) story.faulty.add(i);
  const pair = story.places.slice(0, 2);
  story.race = kind === 'data-race' && pair.length === 2 && pair[0] >= 0 && pair[1] >= 0 && pair[0] !== pair[1]
    ? pair.sort((a, b) => a - b) : null;
  story.locks = [...new Set(story.bars.map(bar => bar.object).concat(
    story.waits.filter(wait => LOCKS.has(wait.kind)).map(wait => wait.object)))];
  story.lockNumber = new Map(story.locks.map((name, i) => [name, i]));
  story.ofThread = new Map(story.threads.map(name => [name, []]));
  for (const step of steps) story.ofThread.get(step.thread).push(step.i);
  return story;
}

// The last step of a thread up to step i; -1: it has not begun.
function lastStepOf(story, thread, i) {
  const own = story.ofThread.get(thread);
  let low = 0, high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (own[middle] <= i) low = middle + 1; else high = middle;
  }
  return low ? own[low - 1] : -1;
}

const heldAt = (story, thread, i) => story.bars.filter(bar => bar.thread === thread && bar.from <= i && bar.to > i);
const waitAt = (story, thread, i) => story.waits.find(wait => wait.thread === thread && wait.from <= i && wait.to > i);

// All steps that step i is ordered with: those before and those after it, and those of its thread.
function orderedWith(story, i) {
  if (!story.links) {
    story.links = { in: new Map(), out: new Map() };
    const add = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);
    for (const { from, to } of story.edges) { add(story.links.out, from, to); add(story.links.in, to, from); }
    for (const own of story.ofThread.values())
      for (let k = 1; k < own.length; k++) { add(story.links.out, own[k - 1], own[k]); add(story.links.in, own[k], own[k - 1]); }
  }
  const ordered = new Set([i]);
  for (const map of [story.links.in, story.links.out]) {
    const left = [i];
    while (left.length)
      for (const other of map.get(left.pop()) || [])
        if (!ordered.has(other)) { ordered.add(other); left.push(other); }
  }
  return ordered;
}
