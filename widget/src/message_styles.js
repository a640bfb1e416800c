/**
 * How messages look: what they are made of, their products and sources. Tokens are the panel's. What stands after the
 * section is not seen: it changes with the page's colours, whatever changes those, and look.js hears of it.
 */
const styles = new CSSStyleSheet();
styles.replaceSync(`
[data-avatar=own] header i{background:var(--avatar) center/cover;border-radius:50%}
[data-avatar=own] header i::before{content:none}
section::after{content:"";position:fixed;transition:1ms;box-shadow:0 0 var(--foyer-surface,red),0 0 var(--foyer-ink,red),0 0 var(--foyer-muted,red),0 0 var(--foyer-danger,red),0 0 var(--foyer-good,red),0 0 var(--foyer-accent,red)}
.badge{position:absolute;top:-2px;right:-2px;min-width:20px;padding:0 6px;border-radius:10px;font:600 12px/20px var(--foyer-font,system-ui,sans-serif);text-align:center;background:var(--danger);color:var(--surface);box-sizing:border-box}
.badge:empty{display:none}
:is(.line,.unsent) button{padding:4px 0;margin:-4px 0;text-decoration:underline;text-underline-offset:2px}
.state:has(+[hidden]) .line{padding-bottom:20px}
.line button{color:var(--ink)}
.visitor{width:fit-content;max-width:85%;margin-left:auto;margin-inline:auto 0}
.visitor>.body{background:var(--tint);padding:8px 14px;border-radius:16px 16px 5px 16px;white-space:pre-wrap}
[dir=rtl] .visitor>.body{border-radius:16px 16px 16px 5px}
.over{color:var(--danger)}
.item+.visitor{margin-top:4px}
.body>*{margin:0 0 10px}
.body>:last-child{margin:0}
.log{position:relative}
.log::after{content:"";position:absolute;top:0;width:1px;height:var(--kept)}
.state::before{content:"";position:absolute;inset:-12px 0 100%;background:linear-gradient(transparent,var(--surface));pointer-events:none}
.below{display:block;width:fit-content;margin:0 auto 10px;font-size:calc(13em/15);font-weight:500;background:var(--surface);border:1px solid var(--line);border-radius:16px;padding:4px 14px;box-shadow:0 2px 12px #2a211826;white-space:nowrap}
.body a{color:var(--link);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:3px}
.body a:hover{text-decoration-thickness:2px}
.by{font-size:calc(13em/15);font-weight:600}
.system>.body{font-size:calc(13em/15);color:var(--muted);text-align:center}
.pending>.body{opacity:var(--faint,.72)}
.unsent{display:block;font-size:calc(13em/15);color:var(--danger);text-align:end;padding-top:4px}
.body~.body{margin-top:14px}
.wait{display:flex;gap:5px;padding:8px 0;animation:show .2s .3s both}
.wait i{width:6px;height:6px;border-radius:50%;background:var(--muted);animation:pulse 1.2s infinite}
.wait i+i{animation-delay:.15s}
.wait i+i+i{animation-delay:.3s}
@keyframes show{from{opacity:0}}
@keyframes pulse{0%,60%,to{opacity:.3}30%{opacity:1}}
.offered{margin-block:-12px 20px;color:var(--muted)}
.pause{display:block;text-align:center;font-size:calc(12em/15);color:var(--muted);margin:4px 0 16px}
ul,ol{padding-inline-start:1.4em}
li{margin-bottom:4px}
li::marker{color:var(--muted)}
code,pre{font:calc(13em/15)/1.55 var(--foyer-mono,ui-monospace,SFMono-Regular,Menlo,monospace)}
code{background:var(--tint);border-radius:5px;padding:1px 5px}
.code{position:relative;background:color-mix(in oklab,var(--shade,var(--ink)) 5%,var(--surface));border-radius:10px}
pre{margin:0;padding:12px 14px;white-space:pre-wrap}
.copy{position:absolute;top:6px;right:6px;font-size:calc(12em/15);line-height:2;padding:0 8px;border-radius:6px;background:var(--surface);color:var(--muted);border:1px solid var(--line)}
.copy:hover{color:var(--ink)}
pre:has(+.copy){padding-right:5em}
blockquote{margin-inline:0;padding-inline-start:12px;border-inline-start:2px solid var(--line);color:var(--muted)}
table{display:block;overflow-x:auto;overflow-wrap:normal;border-collapse:collapse;font-size:calc(14em/15);font-variant-numeric:tabular-nums}
th,td{text-align:start;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
sup{font-size:calc(11em/15);line-height:0;font-weight:600;vertical-align:.45em;margin-inline-start:1px}
sup::before{content:"\\2060"}
dialog sup>*{display:inline-block;color:var(--link);padding:0 3px;line-height:24px;margin:-12px 0;border-radius:6px;outline-offset:-3px}
.card{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;margin-top:8px;padding:10px 14px;border:1px solid var(--line);border-radius:10px}
a.card:hover{background:var(--tint)}
a.card:hover small{color:var(--ink)}
.card b{font-weight:600}
a.card b{color:var(--link)}
.card small{flex:0 0 100%;font-size:calc(13em/15);color:var(--muted)}
.foot{display:flex;align-items:end;gap:8px;margin-top:10px;font-size:calc(13em/15);line-height:1.45;color:var(--muted)}
.foot ol{all:unset;flex:1;min-width:0;display:grid;gap:2px}
.foot li{all:unset;display:block}
.note{display:inline-grid;grid-template-columns:minmax(1.2em,auto) auto;gap:.3em;padding:3px 0;border-radius:4px}
.note b{font-weight:600;color:var(--link);font-variant-numeric:tabular-nums}
.note span{text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:3px}
.note:hover span{color:var(--ink);text-decoration-color:currentColor}
.quote{margin:4px 0 8px;margin-inline-start:1.5em;padding-inline-start:10px;border-inline-start:2px solid var(--accent);color:var(--ink)}
.quote,.operator p{white-space:pre-line}
.foot>button{padding:5px;border-radius:8px}
.foot button~button svg{rotate:180deg}
.foot svg{width:1.25em;height:1.25em}
.foot>button:hover,[aria-pressed=true]{color:var(--link)}
[aria-pressed=true] path{fill:currentColor}
@media (forced-colors:active){.state::before{content:none}.visitor>.body,.code,.below{border:1px solid}}
`);
export default styles;
