/** The states of the chat, as values: what `state.js` makes of a conversation, written down. */
import { base, bot, long, said, source, talk } from './state_parts.js';

/** @type {[string, object, string?][]} what it is, the state, and what is done then: a name of `state_acts.js` */
export const STATES = [
  ['The button, with news', { ...base, isOpen: false, unread: 3 }, 'closed'],
  ['The button, speaking first', { ...base, isOpen: false }, 'speak'],
  ['A greeting', base],
  ['The menu', talk(said('Do you deliver?'), bot('Yes, within ten kilometres.')), 'menu'],
  [
    'An answer with its sources',
    talk(
      said('What does a service cost?'),
      bot('A yearly service costs **€79**. [1] Parts are extra; we call you before we fit any. [2]', {
        citations: [source(1, 'Prices › Service'), source(2, 'How we repair', null)],
      }),
    ),
  ],
  [
    'A quote in its place',
    talk(
      said('Do you lend tools?'),
      bot('Every repair stand has a set of tools; take what you need. [1]', {
        citations: [
          {
            ...source(1, 'The workshop', null),
            quote: 'Every repair stand has a set of tools. Take what you need, and hang it back.',
          },
        ],
      }),
    ),
    'quote',
  ],
  [
    'A thumb, and a word',
    talk(
      said('Do you lend helmets?'),
      bot('Helmets are lent with every bike. [1]', { citations: [source(1, 'Renting')] }),
    ),
    'thumb',
  ],
  [
    'A thumb, noted',
    talk(
      said('Do you lend child seats?'),
      bot('A child seat is lent with every bike. [1]', { citations: [source(1, 'Renting')] }),
    ),
    'noted',
  ],
  ['New messages below', talk(...long(5)), 'below'],
  [
    'An answer being written',
    {
      ...talk(said('How long does it take?')),
      draft: { in_reply_to: 'm', n: 2, text: 'Most repairs are done within two working' },
    },
  ],
  ['Waiting', { ...talk(said('Do you deliver?')), waitingFor: 'm' }],
  [
    'A table and a list',
    talk(
      said('Which tyre pressure?'),
      bot(
        '| Tyre | Front | Rear |\n|---|---|---|\n| City 28″ | 3.5 bar | 4.0 bar |\n| Cargo 20″ | 3.0 bar | 3.5 bar |\n\n- Check once a month.\n- `1 bar` is about 14.5 psi.',
        {
          citations: [source(1, 'Care › Tyres')],
        },
      ),
    ),
  ],
  [
    'Code',
    talk(
      said('How do I embed it?'),
      bot(
        'One line:\n\n```html\n<script type="module" src="https://chat.example.com/widget.js"></script>\n```',
        { citations: [source(1, 'The widget')] },
      ),
    ),
  ],
  [
    'Products',
    talk(
      said('Which bike carries two children?'),
      bot('These fit. [1]', {
        citations: [source(1, 'Bikes')],
        cards: [
          {
            name: 'Harbour Long',
            price: '4290',
            currency: 'EUR',
            url: 'https://example.com/long',
            reasons: { children: 'up to 2 children' },
          },
          {
            name: 'Harbour Trike',
            price: '5190',
            currency: 'EUR',
            url: null,
            reasons: { children: 'up to 3 children' },
          },
        ],
      }),
    ),
  ],
  [
    'Nothing written',
    talk(
      said('Do you sell kayaks?'),
      bot('I don’t know; our documentation says nothing of it. I have noted the question for the team.', {
        kind: 'none',
      }),
    ),
  ],
  [
    'Did you mean',
    talk(
      said('warranty frame two'),
      bot('I am not sure what you mean. Did you mean one of these?', {
        kind: 'none',
        choices: [
          { id: '1', label: 'How long is the warranty on the frame?' },
          { id: '2', label: 'Is the warranty transferable?' },
        ],
      }),
    ),
  ],
  [
    'A question of ours',
    talk(
      said('We are a nursery'),
      bot('Thank you. How many children would ride along?', {
        kind: 'noted',
        asked: 'quantity',
        choices: [
          { id: '1', label: 'One' },
          { id: '2', label: 'Two' },
          { id: '3', label: 'Three or more' },
        ],
      }),
    ),
  ],
  [
    'Contact details',
    talk(
      said('Please send me an offer'),
      bot('Gladly. Where may we send it?', {
        kind: 'noted',
        asked: 'email',
      }),
    ),
  ],
  [
    'A form with a mistake',
    talk(said('Please call me'), bot('Gladly. Where can we reach you?', { kind: 'noted', asked: 'email' })),
    'mistake',
  ],
  [
    'A telephone number',
    talk(said('Please call me back'), bot('Gladly. At which number?', { kind: 'noted', asked: 'phone' })),
  ],
  [
    'An address on the web',
    talk(said('Could you look at our shop?'), bot('Gladly. Where is it?', { kind: 'noted', asked: 'url' })),
  ],
  [
    'The consent question',
    talk(
      said('ada@harbour.example'),
      bot('May we keep the contact details you gave and use them to answer you?', {
        kind: 'noted',
        asked: 'consent',
        choices: [
          { id: 'yes', label: 'Yes, you may' },
          { id: 'no', label: 'No' },
        ],
      }),
    ),
  ],
  [
    'A person answers',
    {
      ...talk(said('Can I come by today?'), {
        ...bot('Yes, until six. I will put the blue one aside.'),
        author: 'operator',
      }),
      status: 'live',
      operator: 'Maya',
    },
  ],
  [
    'Waiting for the team',
    {
      ...talk(said('I want to talk to a person'), bot('I have told the team. Somebody will write here.')),
      status: 'waiting',
    },
  ],
  [
    'Ended by the team',
    {
      ...talk(said('That is all, thank you'), { ...bot('Gladly. Until Monday!'), author: 'operator' }),
      status: 'closed',
    },
  ],
  ['The end', talk(said('Thank you, bye'), bot('Goodbye, and a good ride.', { kind: 'goodbye' }))],
  [
    'The end, rated',
    talk(said('Thanks, bye'), bot('Goodbye, and a good ride.', { kind: 'goodbye' })),
    'rated',
  ],
  [
    'Another day',
    talk(
      { ...said('Do you repair e-bikes?'), at: new Date(Date.now() - 2 * 86_400_000).toISOString() },
      bot('Yes, of all makes. [1]', { citations: [source(1, 'How we repair')] }),
    ),
  ],
  ['More than can be sent', base, 'over'],
  [
    'Too much waits',
    {
      ...base,
      notice: 'full',
      outbox: [{ id: 'o0', data: { text: 'And on Sunday?' }, label: 'And on Sunday?' }],
    },
  ],
  [
    'Without a connection',
    {
      ...base,
      link: 'retrying',
      outbox: [
        { id: 'o1', data: { text: 'Is the shop open on Monday?' }, label: 'Is the shop open on Monday?' },
      ],
    },
  ],
  [
    'Not sent',
    {
      ...base,
      outbox: [
        {
          id: 'o2',
          data: { text: 'Is the shop open on Monday?' },
          label: 'Is the shop open on Monday?',
          isFailed: true,
        },
      ],
    },
  ],
  ['Not allowed here', { ...base, link: 'refused', reason: 'origin_refused' }],
  ['Deleted', { ...base, link: 'erased', reason: '4505' }],
  ['Ended', { ...talk(said('Hello'), bot('Hello.')), link: 'stopped', reason: '4504' }],
  ['On a small screen', talk(said('Do you deliver?'), bot('Yes, within ten kilometres.')), 'small'],
  [
    'Right to left',
    talk(said('כמה זה עולה?'), bot('السعر **79 يورو** في السنة. [1]', { citations: [source(1, 'الأسعار')] })),
  ],
];
