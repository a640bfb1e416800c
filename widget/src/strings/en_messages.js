/** What stands around messages, in English. */
export default {
  you: 'You',
  today: 'Today',
  yesterday: 'Yesterday',
  sources: 'Sources',
  source: 'Source {n}: {title}',
  newTab: 'opens in a new tab',
  helpful: 'This helped',
  unhelpful: 'This did not help',
  copy: 'Copy',
  copied: 'Copied',
  writing: 'Writing',
  unsent: 'Not sent.',
  again: 'Try again',
};
