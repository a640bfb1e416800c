/** What a further loader does: a page has the chats of one server. */

/** Another server's is refused, and the page's owner told; the same one's adds the sites that have no chat yet. */
export function mount() {
  const own = new URL('../../', import.meta.url).href;
  const { from = 'another' } = window.foyer ?? {};
  if (!URL.canParse(from) || new URL('.', from).href !== own) {
    // biome-ignore lint/suspicious/noConsole: nobody but the page's owner can mend it
    return console.warn(
      `Foyer: a page has the chats of one server. Here are those of ${from}, and ${own} is left out: remove one of the two scripts.`,
    );
  }
  for (const { src, dataset } of document.scripts) {
    const { site } = dataset;
    const chats = [...document.querySelectorAll('foyer-chat')];
    if (!src.startsWith(own) || !site || chats.some((chat) => chat.getAttribute('site') === site)) continue;
    const chat = document.createElement('foyer-chat');
    for (const [name, value = ''] of Object.entries(dataset)) chat.setAttribute(name, value);
    chat.stay = () => {
      if (chat.isConnected) return;
      document.body?.append(chat);
      setTimeout(() => chat.stay?.());
    };
    chat.stay();
  }
}
