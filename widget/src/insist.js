/** What is tried again until there is a line. */

const AGAIN_MS = 2_000;
const TRIES = 900;

/** @param {() => boolean} tell @param {number} [left] tries: half an hour of them */
export function insist(tell, left = TRIES) {
  if (!tell() && left) setTimeout(() => insist(tell, left - 1), AGAIN_MS);
}
