// Makes a part of the page what a newer page has, and leaves alone what is the same: focus, selection, what was unfolded.

/** What the person or a script set on the page, and a newer page knows nothing of. */
const OWN = new Set(['open', 'hidden']);

/** @param {Node} now a node of this page @param {Node} next what stands in its place on the newer one */
export function settle(now, next) {
  if (now.isEqualNode(next)) return;
  if (now.nodeName !== next.nodeName || !(now instanceof Element) || now.id !== next.id) {
    now.replaceWith(next);
    return;
  }
  settleAttributes(now, next);
  const [have, wanted] = [[...now.childNodes], [...next.childNodes]];
  for (const [at, child] of wanted.entries()) {
    if (have[at]) settle(have[at], child);
    else now.append(child);
  }
  for (const child of have.slice(wanted.length)) child.remove();
}

/** @param {Element} now @param {Element} next */
function settleAttributes(now, next) {
  for (const name of now.getAttributeNames()) {
    if (!next.hasAttribute(name) && !OWN.has(name)) now.removeAttribute(name);
  }
  for (const name of next.getAttributeNames()) {
    if (!OWN.has(name)) now.setAttribute(name, next.getAttribute(name));
  }
}
