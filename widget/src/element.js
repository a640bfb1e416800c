/** Builds elements. Text is only ever text. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<Omit<HTMLElementTagNameMap[Tag], 'part' | 'style'>> & { part?: string }} [props]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A 24 × 24 line drawing. @param {string} d */
export function icon(d) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

/**
 * Put values into `{names}` of a text, numbers as the language of `tag` writes them; `n` chooses among its forms for numbers.
 * @param {string | Foyer.Plural} text @param {{ n?: any, tag?: string, [name: string]: unknown }} values
 */
export const fill = (text, values) =>
  (typeof text === 'string'
    ? text
    : (text[new Intl.PluralRules(values.tag).select(values.n ?? 0)] ?? text.other)
  ).replace(/\{(\w+)\}/g, (_, name) => /** @type {any} */ (values[name])?.toLocaleString(values.tag));
