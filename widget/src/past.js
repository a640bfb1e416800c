/** Messages that a socket does not replay, over HTTP: a long or lost past, and that of other browsers. Rarely needed. */

/** @typedef {(path: string) => Promise<any>} Request */

/**
 * The conversation up to `head`, piece by piece.
 * @param {Request} request @param {number} head @param {() => number} last what is known by now
 * @param {(frame: Foyer.Frame) => void} take
 */
export async function load(request, head, last, take) {
  for (let before = -1; before < last() && last() < head; ) {
    before = last();
    const { events } = await request(`history?after=${before}`);
    for (const frame of events) take(frame);
  }
}

/** What a visitor who proved who they are said in other browsers stands above. @param {Request} request @returns {Promise<Foyer.Message[]>} */
export async function earlier(request) {
  const { messages } = await request('history/earlier');
  return messages.map((/** @type {Foyer.Message} */ message, /** @type {number} */ n) => ({
    ...message,
    seq: n - messages.length,
  }));
}
