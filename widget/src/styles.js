/** How the panel looks. Tokens first: light and dark each thought through; a page overrides the `--foyer-…` ones. */
const styles = new CSSStyleSheet();
styles.replaceSync(`
section{
--surface:var(--foyer-surface,light-dark(#fdfcfa,#201e1b));
--ink:var(--foyer-ink,light-dark(#26221d,#efebe4));
--muted:var(--foyer-muted,light-dark(#6b645b,#aaa298));
--line:var(--foyer-line,light-dark(#e6e1d9,#3b3732));
--border:light-dark(#938b80,#7d766c);
--danger:var(--foyer-danger,light-dark(#a8321f,#f0907c));
--good:var(--foyer-good,light-dark(#2c6b45,#86c79d));
--own:var(--foyer-surface,)var(--foyer-ink,)var(--foyer-muted,)var(--foyer-danger,)var(--foyer-good,);
--link:light-dark(oklch(from var(--accent) min(l,.48) c h),oklch(from var(--accent) max(l,.78) c h));
--tint:color-mix(in oklab,var(--link) 12%,var(--surface));
color-scheme:light dark;font:var(--foyer-size,.9375em)/1.5 var(--foyer-font,system-ui,sans-serif);color:var(--ink)}
section[data-theme=light]{color-scheme:light}
section[data-theme=dark]{color-scheme:dark}
section *,section ::before{box-sizing:border-box}
[hidden]{display:none!important}
svg{width:calc(20em/15);height:calc(20em/15);fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;display:block}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.launcher[aria-expanded=true]::before{clip-path:path("M7.4 10.6 14 17.2l6.6-6.6 1.8 1.8L14 20.8l-8.4-8.4z")}
dialog{all:unset;position:fixed;inset:auto var(--right,var(--foyer-x,20px)) calc(var(--foyer-y,20px) + 68px + var(--below,0px)) var(--left,auto);width:min(25.6em,100vw - 20px - var(--foyer-x,20px));height:min(42.667em,var(--height,100dvh) - 76px - var(--foyer-y,20px));display:none;flex-direction:column;background:var(--surface);color:var(--ink);border-radius:var(--foyer-radius,18px);box-shadow:0 0 0 1px light-dark(#2a211812,#fff1),0 16px 48px -8px #2a211840;overflow:hidden;opacity:0;translate:0 8px;transition:.12s ease-out allow-discrete;transition-property:opacity,translate,display,overlay}
dialog[open]{display:flex;opacity:1;translate:none;transition-duration:.16s}
@starting-style{dialog[open]{opacity:0;translate:0 8px}}
dialog::backdrop{background:none}
:host([mode]) :is(section,dialog){display:flex;flex:1;height:100%;position:relative;inset:0}
:host([mode]) [part=close]{display:none}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
dialog:focus-visible,.log:focus-visible{outline-offset:-2px}
dialog :is(button,a){all:unset;cursor:pointer}
dialog [disabled]{cursor:default}
header{display:flex;gap:8px;align-items:center;padding:14px 12px 14px 20px;border-bottom:1px solid var(--line)}
header i{flex:none;width:2em;height:2.4em;border-radius:1em 1em .4em .4em;background:var(--accent);color:var(--on-accent);box-shadow:var(--edge);display:grid;place-items:end center}
header i::before{content:"";width:.8em;height:calc(20em/15);border-radius:.4em .4em 0 0;background:currentColor}
header :is(i,.round){font-size:min(1em,5.5vw)}
header div{flex:1;min-width:0;line-height:1.3}
h2{all:unset;display:block;font-weight:600;font-size:calc(16em/15)}
h2,.who,textarea::placeholder{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.who{font-size:calc(13em/15);color:var(--muted)}
.round{width:2.4em;height:2.4em;border-radius:50%;display:grid;place-items:center;color:var(--muted)}
.round+.round{margin-inline-start:-8px}
.round:hover{background:var(--tint);color:var(--ink)}
.log{flex:1;overflow:hidden auto;overscroll-behavior:contain;padding:20px 20px 12px;scrollbar-width:thin;scrollbar-color:var(--line) transparent;overflow-wrap:anywhere}
.item{margin-bottom:20px;max-width:65ch}
.greeting{font-size:calc(18em/15);line-height:1.4;font-weight:500;text-wrap:pretty}
footer a{padding:3px 0;margin:-3px 0;color:var(--link);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:3px}
.choices{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:12px}
.choices button{border:1px solid color-mix(in oklab,var(--link) 45%,var(--surface));color:var(--link);border-radius:18px;padding:6px 14px;line-height:1.4;font-weight:500}
.choices button:hover{background:var(--tint)}
.state{position:relative}
.line{font-size:calc(13em/15);color:var(--muted);padding:0 20px}
.line:not(:empty){padding-bottom:8px}
form{margin:0 12px 12px;display:flex;align-items:end;gap:4px;padding:4px;border:1px solid var(--border);border-radius:var(--foyer-inner-radius,14px)}
form:focus-within{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
textarea{all:unset;box-sizing:border-box;flex:1;min-width:0;min-height:2.4em;padding:calc(7em/15) 4px calc(7em/15) .8em;max-height:calc(5lh + 14em/15);overflow-y:auto;white-space:pre-wrap;overflow-wrap:anywhere;scrollbar-width:thin;cursor:text;line-height:calc(22em/15);unicode-bidi:plaintext}
textarea:focus-visible{outline:0}
textarea::placeholder{color:var(--muted)}
.send{flex:none;color:var(--on-accent);background:var(--accent);box-shadow:var(--edge);border-radius:10px}
.send:hover{color:var(--on-accent);background:var(--accent);filter:brightness(1.08)}
.send[disabled]{background:none;box-shadow:none;color:var(--muted);filter:none}
footer{display:flex;justify-content:space-between;gap:12px;font-size:calc(12em/15);color:var(--muted);margin:-4px 20px 10px;font-variant-numeric:tabular-nums}
footer:not(:has(:not([hidden],:empty))){display:none}
@media (pointer:coarse){textarea{font-size:max(16px,1em)}}
@media (width<480px) or (height<480px){
.who{@media (height>480px){white-space:normal}}
[popover] dialog[open]{inset:var(--top,0) 0 auto;width:auto;max-width:none;height:var(--height,100dvh);border-radius:0;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}
.launcher[aria-expanded=true]{visibility:hidden}}
@media (forced-colors:active){form:focus-within{outline:2px solid Highlight}dialog,.send{border:1px solid}header i{forced-color-adjust:none}}
@media (prefers-reduced-motion){*,::before{transition:none!important;animation-duration:0s!important;animation-iteration-count:1!important}}
`);
export default styles;
