/** What the widget says at first, in English. A site overrides any of it with `strings` in its configuration. */
export default {
  tag: 'en',
  launcher: 'Open chat',
  close: 'Close chat',
  more: 'More',
  dismiss: 'Hide',
  name: 'Chat',
  bot: 'Answers from our documentation',
  log: 'Conversation',
  input: 'Your message',
  placeholder: 'Ask a question',
  send: 'Send',
  replies: 'Suggested replies',
  privacy: 'Privacy',
  retrying: 'No connection. What you write is kept and sent later.',
  full: 'Please wait until your earlier messages are sent.',
};
