/** How messages look: what they are made of, their products and sources. Tokens are the panel's. */
const styles = new CSSStyleSheet();
styles.replaceSync(`
ul,ol{padding-inline-start:20px}
li{margin-bottom:4px}
li::marker{color:var(--muted)}
code,pre{font:13px/1.55 var(--foyer-mono,ui-monospace,SFMono-Regular,Menlo,monospace)}
code{background:var(--tint);border-radius:5px;padding:1px 5px}
.code{position:relative;background:color-mix(in oklab,var(--ink) 5%,var(--surface));border-radius:10px}
pre{margin:0;padding:12px 14px;white-space:pre-wrap}
.copy{position:absolute;top:6px;right:6px;font-size:12px;line-height:24px;padding:0 8px;border-radius:6px;background:var(--surface);color:var(--muted);border:1px solid var(--line)}
.copy:hover{color:var(--ink)}
pre:has(+.copy){padding-right:64px}
blockquote{margin-inline:0;padding-inline-start:12px;border-inline-start:2px solid var(--line);color:var(--muted)}
table{display:block;overflow-x:auto;overflow-wrap:normal;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
th,td{text-align:start;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
sup{font-size:11px;line-height:0;font-weight:600;vertical-align:5px;margin-inline-start:1px}
sup button{color:var(--link);padding:4px 3px}
.card{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;margin-top:8px;padding:10px 14px;border:1px solid var(--line);border-radius:10px}
a.card:hover{background:var(--tint)}
.card b{font-weight:600}
a.card b{color:var(--link)}
.card small{flex:0 0 100%;font-size:13px;color:var(--muted)}
.foot{display:flex;align-items:end;gap:8px;margin-top:10px;font-size:13px;line-height:1.45;color:var(--muted)}
.foot ol{all:unset;flex:1;min-width:0;display:grid;gap:2px}
.foot li{all:unset;display:block}
.note{display:inline-grid;grid-template-columns:16px auto;padding:3px 0;border-radius:4px}
.note b{font-weight:600;color:var(--link);font-variant-numeric:tabular-nums}
.note span{text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:3px}
.note:hover span{color:var(--ink);text-decoration-color:currentColor}
.quote{margin:4px 0 8px 16px;padding-inline-start:10px;border-inline-start:2px solid var(--accent);color:var(--ink);white-space:pre-line}
.foot>button{padding:5px;border-radius:8px}
.foot button~button svg{rotate:180deg}
.foot>button svg{width:16px;height:16px}
.foot>button:hover,[aria-pressed=true]{color:var(--link)}
[aria-pressed=true] path{fill:var(--tint)}
`);
export default styles;
