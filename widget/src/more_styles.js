/** How the menu, forms and the rating look: worn when one of them is shown. */
const styles = new CSSStyleSheet();
styles.replaceSync(`
header{position:relative}
.menu{position:absolute;z-index:1;top:100%;inset-inline-end:12px;margin-top:-6px;min-width:200px;padding:6px;display:grid;background:var(--surface);border:1px solid var(--line);border-radius:12px;box-shadow:0 8px 24px #2a211833}
.menu button{padding:8px 12px;border-radius:8px}
.menu button:is(:hover,:focus-visible){background:var(--tint)}
.aside{margin-bottom:20px}
dialog input{all:unset;box-sizing:border-box;min-width:0;padding:7px 10px;border:1px solid var(--border);border-radius:8px;cursor:text}
dialog input:focus-visible{border-color:var(--link);outline:1px solid var(--link);outline-offset:0}
dialog [type=checkbox]{appearance:auto;all:revert;font:inherit;flex:none;width:calc(24em/14);height:calc(24em/14);margin:0;accent-color:var(--accent)}
dialog input[aria-invalid=true]{border-color:var(--danger)}
dialog :is(.contact,.word){border:0;padding:0;margin:0;box-shadow:none}
.contact{display:grid;gap:8px;align-items:stretch}
.field{display:grid;gap:2px}
.field label,.agree,.quiet,.word,.rating{font-size:calc(14em/15)}
.problem{font-size:calc(13em/15);color:var(--danger)}
.agree{display:flex;gap:8px}
.agree a{color:var(--link);text-decoration:underline}
.word{display:flex;gap:6px;margin-top:8px!important}
.word input{flex:1}
.contact>button,.word button,.rating button{justify-self:start;border:1px solid color-mix(in oklab,var(--link) 45%,var(--surface));color:var(--link);border-radius:18px;padding:6px 14px;font-weight:500}
.rating button{margin-inline-end:8px}
.rating p{margin:0 0 8px}
.quiet{color:var(--muted)}
.quiet:focus-visible{outline:0}
@media (pointer:coarse){dialog input{font-size:max(16px,1em)}}
@media (forced-colors:active){dialog input:focus-visible{outline:2px solid Highlight}.menu{border:1px solid}}
`);

/** @param {Element} element one that stands in the panel already */
export function wear(element) {
  const { adoptedStyleSheets } = /** @type {ShadowRoot} */ (element.getRootNode());
  // What was taken away meanwhile has no root of ours.
  if (adoptedStyleSheets?.includes(styles) === false) adoptedStyleSheets.push(styles);
}
