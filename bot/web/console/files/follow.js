// A lead's page follows its conversation: what is said, what that is worth, and who answers. The server draws it.
import { offerCopying } from './console.js';
import { OperatorLine } from './operator_line.js';
import { settle } from './settle.js';

const PARTS = ['.lead-head', '.facts', '.side', '.threads'];
const TYPING_RESTS_MS = 4_000;
const TELL_TYPING_EVERY_MS = 3_000;
const AGAIN_MS = 2_000;
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
  const { conversation, seq, epoch, token, longest } = box.dataset;
  const state = box.querySelector('[role="status"]');
  const hand = box.querySelector('[name="hand"]');
  const form = box.querySelector('form');
  const input = box.querySelector('textarea');
  const waiting = box.querySelector('.waiting');
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
    if (type === 'outbox') wait(data);
    if (type === 'refused') giveBack(data);
    if (type === 'error') note = data.message;
    if (type === 'typing') typing();
    if (type === 'message') arrived(data);
    if (/^(message|masked|accepted|status|lead)$/.test(type) || (type === 'welcome' && !data.resumed)) redraw();
    if (/^(live|status|accepted)$/.test(type)) note = '';
    if (type === 'link' && data === 'gone') redraw();
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

  /** What is on its way stands above the field. @param {string[]} texts */
  function wait(texts) {
    const isAtEnd = below(box) <= 1;
    waiting.replaceChildren(
      ...texts.map((text) => {
        const item = document.createElement('li');
        item.textContent = text;
        return item;
      }),
    );
    if (isAtEnd) toEnd(box);
  }

  function giveBack(text) {
    input.value = input.value ? `${text}\n${input.value}` : text;
  }

  function send() {
    const text = input.value.trim();
    if (text.length > longest)
      note = `${text.length.toLocaleString('en')} of ${(+longest).toLocaleString('en')} characters.`;
    else if (text) {
      input.value = '';
      toEnd(box);
      line.say(text);
    }
    show();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
    input.focus();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  input.addEventListener('input', () => {
    note = '';
    show();
    if (!who.yours || !input.value || Date.now() - toldTyping < TELL_TYPING_EVERY_MS) return;
    toldTyping = Date.now();
    line.typing();
  });
  input.addEventListener('focus', () => toEnd(box));
  hand.addEventListener('click', () => {
    line.hand(who.yours ? 'bot' : 'live');
    input.focus();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) document.title = title;
  });
  for (const type of ['online', 'offline']) addEventListener(type, () => line.notice(type === 'online'));
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
      const { status, response: page } = await load();
      if (status === 200 && page?.querySelector('.threads')) draw(page, box);
      else if (status === 200) onEnd('loggedOut');
      else if (status === 404 && page) document.querySelector('main').replaceWith(page.querySelector('main'));
      else if (status !== 404) await later(() => (isStale = true));
    }
    isDrawing = false;
  };
}

/** A server that does not answer now is asked again. @param {() => void} then */
const later = (then) => new Promise((done) => setTimeout(() => done(then()), AGAIN_MS));

/** A document that a request parses runs no script of its own. */
function load() {
  return new Promise((loaded) => {
    const request = new XMLHttpRequest();
    request.open('GET', location.pathname);
    request.responseType = 'document';
    request.onloadend = () => loaded(request);
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
