// A lead's page follows its conversation: what is said, what that is worth, and who answers. The server draws it.
import { offerCopying } from './console.js';
import { OperatorLine } from './operator_line.js';
import { settle } from './settle.js';

const PARTS = ['.lead-head', '.facts', '.side', '.threads'];
const TYPING_RESTS_MS = 4_000;
const TELL_TYPING_EVERY_MS = 3_000;
const ENDED = {
  loggedOut: 'You are logged out. Reload the page to log in again.',
  gone: 'This visitor was erased, or took their consent back.',
  stopped: 'This page no longer follows the conversation. Reload it.',
  tooMany: 'You follow too many conversations at once. Close some pages, and reload this one.',
};

const box = document.querySelector('.answering');
if (box) follow(box);

/** @param {HTMLElement} box */
function follow(box) {
  const { conversation, seq, epoch, token } = box.dataset;
  const state = box.querySelector('[role="status"]');
  const hand = box.querySelector('[name="hand"]');
  const form = box.querySelector('form');
  const input = box.querySelector('textarea');
  const title = document.title;
  let who = { status: 'bot' };
  let link = 'offline';
  let note = '';
  let resting = 0;
  let toldTyping = 0;

  const line = new OperatorLine({ conversation_id: conversation, last_seq: +seq, epoch }, token, heard);
  const redraw = redrawing(box, (why) => heard('link', why));
  line.open();

  function heard(type, data) {
    if (type === 'link') link = data;
    if (type === 'status') who = data;
    if (type === 'said') sent(data);
    if (type === 'error') note = data.message;
    if (type === 'typing') typing();
    if (type === 'message') arrived(data);
    if (/^(message|masked|accepted|status)$/.test(type) || (type === 'welcome' && !data.resumed)) redraw();
    if (type === 'live' || type === 'status' || type === 'accepted') note = '';
    show();
  }

  function show() {
    box.hidden = link === 'offline' && box.hidden;
    form.hidden = link in ENDED;
    hand.hidden = link !== 'online' || who.status === 'bot';
    hand.textContent = who.yours ? 'Give back to the bot' : 'Take over';
    const words = ENDED[link] ?? (link === 'offline' ? 'Not connected. Trying again …' : note || answering());
    if (state.textContent !== words) state.textContent = words;
  }

  function answering() {
    if (resting) return 'The visitor is writing …';
    if (who.status !== 'live') return 'The bot answers. When you write to them, it leaves them to you.';
    return who.yours ? 'You answer; the bot is silent.' : `${who.operator?.name ?? 'Somebody else'} answers.`;
  }

  function typing() {
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = 0;
      show();
    }, TYPING_RESTS_MS);
  }

  function arrived({ author }) {
    clearTimeout(resting);
    resting = 0;
    if (author === 'visitor' && document.hidden) document.title = `● ${title}`;
  }

  function sent(outcome) {
    if (outcome === 'accepted') input.value = '';
    input.readOnly = false;
    input.focus();
  }

  function send() {
    const text = input.value.trim();
    if (!text || input.readOnly) return;
    input.readOnly = true;
    toEnd(box);
    line.say(text);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  input.addEventListener('input', () => {
    if (!who.yours || Date.now() - toldTyping < TELL_TYPING_EVERY_MS) return;
    toldTyping = Date.now();
    line.typing();
  });
  input.addEventListener('focus', () => toEnd(box));
  hand.addEventListener('click', () => line.hand(who.yours ? 'bot' : 'live'));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) document.title = title;
  });
}

/** Returns what draws the page as it is now: one drawing at a time, and once more when something came meanwhile. */
function redrawing(box, onEnd) {
  let isDrawing = false;
  let isStale = false;
  return async function redraw() {
    isStale = true;
    if (isDrawing) return;
    isDrawing = true;
    while (isStale) {
      isStale = false;
      const page = await load();
      if (page?.querySelector('.threads')) draw(page, box);
      else if (page) onEnd(page.querySelector('[type="password"]') ? 'loggedOut' : 'gone');
    }
    isDrawing = false;
  };
}

/** A document that a request parses runs no script of its own. */
function load() {
  return new Promise((loaded) => {
    const request = new XMLHttpRequest();
    request.open('GET', location.pathname);
    request.responseType = 'document';
    request.onload = () => loaded(request.response);
    request.onerror = () => loaded(null);
    request.send();
  });
}

function draw(page, box) {
  const isAtEnd = below(box) <= 1;
  for (const part of PARTS) {
    const [now, next] = [document.querySelector(part), page.querySelector(part)];
    if (now && next) settle(now, next);
  }
  offerCopying();
  if (isAtEnd) toEnd(box);
}

/** How much of what was said lies below the box, in pixels. @param {HTMLElement} box */
const below = (box) =>
  document.querySelector('.threads').getBoundingClientRect().bottom - box.getBoundingClientRect().top;

/** @param {HTMLElement} box */
function toEnd(box) {
  const hidden = below(box);
  if (hidden > 0) scrollBy(0, hidden);
}
