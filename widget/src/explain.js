/** Says to the owner of the page, in its console, why nothing works and what to do. Loaded when nothing does. */

/** @param {{ reason: unknown, detail?: string }} problem @param {string} site */
export function explain({ reason, detail }, site) {
  const isOrigin = reason === 'origin_refused' || reason === 403;
  const remedy = isOrigin
    ? `this page is not allowed: add "${location.origin}" to origins: in the foyer.yaml of site "${site}".`
    : (detail ?? reason);
  const message = `Foyer: ${remedy}`;
  // biome-ignore lint/suspicious/noConsole: the one place where the owner of the page looks
  console.error(message);
  return { code: reason, message };
}
