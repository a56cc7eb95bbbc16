// What a step is, and how things stand after it, in words.

function lockChip(object) {
  const number = state.story.lockNumber.get(object);
  return number === undefined ? null : element('span', { class: `lock lock-${number % PATTERNS}` }, letterOf(number));
}

function holdersOf(step) {
  if (!LOCKS.has(step.kind)) return [];
  return state.story.bars.filter(bar => bar.object === step.object && bar.from < step.i && bar.to > step.i).map(bar => bar.thread);
}

function noteOf(step) {
  if (!step.blocks) return step.note;
  const holders = [...new Set(holdersOf(step))];
  const told = holders.length > 4 ? [...holders.slice(0, 3), `${holders.length - 3} more`] : holders;
  return holders.length ? `must wait: ${told.join(', ')} ${holders.length === 1 ? 'holds' : 'hold'} it` : 'must wait';
}

const actsOnItself = step => step.kind === 'thread' && step.object === step.thread;

// What has to wait is not done yet.
const doing = step => step.blocks ? step.does.replace(/^(lock|join|post|arrive|write|read)s\b/, 'wants to $1') : step.does;

// What it is called, or else what it is.
const objectOf = step => actsOnItself(step) ? null : step.object ?? (step.kind && step.kind !== 'process'
  ? `${/^[aeiou]/.test(step.kind) ? 'an' : 'a'} ${step.kind}`.replace('a memory', 'memory') : null);

function describe(step) {
  const parts = [element('span', { class: 'who' }, step.thread), ' ', visible(doing(step))];
  if (objectOf(step)) parts.push(' ', element(step.object ? 'code' : 'i', {}, objectOf(step)));
  const chip = LOCKS.has(step.kind) ? lockChip(step.object) : null;
  if (chip) parts.push(' ', chip);
  return parts;
}

function stepSentence(step) {
  let words = `${step.thread} ${doing(step)}`;
  if (objectOf(step)) words += step.object ? ` \`${step.object}\`` : ` ${objectOf(step)}`;
  if (noteOf(step)) words += `, ${noteOf(step)}`;
  if (step.file) words += `, at ${placeOf(step)}`;
  if (step.inside) words += ` in ${step.inside}`;
  return `${words}.`;
}

// What cannot be seen in one row: who holds what and who waits after this step.
function situation(story, i) {
  const words = [];
  for (const thread of story.threads) {
    const held = heldAt(story, thread, i), wait = waitAt(story, thread, i);
    if (!held.length && !wait) continue;
    const says = [];
    if (held.length) says.push(`holds ${held.map(bar => `\`${bar.object}\`${bar.shared ? ' for reading' : ''}`).join(', ')}`);
    if (wait) says.push(`waits${wait.object ? ` for \`${wait.object}\`` : ''}${wait.endless ? ' for ever' : ''}`);
    words.push(`${thread} ${says.join(' and ')}`);
    if (words.length === 8) { words.push('…'); break; }
  }
  return words.length ? `${words.join('; ')}.` : 'No thread holds a lock or waits.';
}

function faultWords(step) {
  if (!state.story.faulty.has(step.i)) return '';
  const race = state.story.race;
  if (race && race.includes(step.i)) return ` Fault: nothing orders this and step ${race[0] === step.i ? race[1] + 1 : race[0] + 1}.`;
  return ` Fault: ${state.view.ended || 'here'}.`;
}
