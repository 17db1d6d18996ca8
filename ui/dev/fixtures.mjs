import { boxesOf, pageStarts, TEXT } from './pdf.mjs';

const HANDBOOK = `Onboarding handbook

Welcome
Your first day starts at nine at the reception desk. Bring an identity card; the badge is made on the spot.

Equipment
Every new colleague receives a laptop and a telephone. The laptop is encrypted before it is handed over.
- Order further equipment through the service desk.
- Hand everything back on the last day.

<script>alert('never runs')</script> <img src=x onerror=alert(1)> is shown as it is written.`;

export const collections = [
  { id: 'c1', name: 'Policies', description: 'House rules', documents: 128, readers: ['everyone'] },
  {
    id: 'c2',
    name: 'Contracts',
    description: 'Signed contracts',
    documents: 2410,
    readers: ['legal'],
  },
  { id: 'c3', name: 'Human resources', description: '', documents: 86, readers: ['hr'] },
];

const base = {
  collectionName: 'Policies',
  detail: null,
  pages: 2,
  passages: 6,
  readers: ['everyone'],
  reason: null,
  whatToDo: null,
};
export const documents = [
  {
    ...base,
    id: 'd1',
    collection: 'c1',
    path: 'policies/travel-policy.pdf',
    title: 'Travel policy',
    mediaType: 'application/pdf',
    bytes: 48_213,
    state: 'READY',
    revision: 'a1b2c3d4e5f60718',
    updatedAt: '2026-05-03T10:12:00Z',
  },
  {
    ...base,
    id: 'd2',
    collection: 'c3',
    path: 'hr/onboarding-handbook.docx',
    title: 'Onboarding handbook',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes: 118_000,
    state: 'WORDS',
    readers: ['hr'],
    revision: 'b1b2c3d4e5f60718',
    updatedAt: '2026-05-02T08:00:00Z',
  },
  {
    ...base,
    id: 'd3',
    collection: 'c2',
    path: 'contracts/scan-0391.pdf',
    title: 'scan-0391.pdf',
    mediaType: 'application/pdf',
    bytes: 9_120_000,
    state: 'REJECTED',
    pages: null,
    passages: null,
    readers: ['legal'],
    reason: 'ENCRYPTED',
    detail: 'The file is protected by a password.',
    whatToDo: 'Save it without a password and upload it again.',
    revision: 'c1',
    updatedAt: '2026-05-01T16:30:00Z',
  },
  ...Array.from({ length: 10_000 }, (_, i) => ({
    ...base,
    id: `g${i}`,
    collection: ['c1', 'c2', 'c3'][i % 3],
    path: `archive/${2000 + (i % 26)}/record-${String(i).padStart(5, '0')}.pdf`,
    title: `Record ${String(i).padStart(5, '0')}`,
    mediaType: 'application/pdf',
    bytes: 10_000 + i * 37,
    state: 'READY',
    pages: 1 + (i % 40),
    passages: 3 + (i % 90),
    revision: `f${i}`,
    updatedAt: new Date(Date.UTC(2026, 0, 1) - i * 3_600_000).toISOString(),
  })),
];

export const texts = {
  d1: {
    text: TEXT,
    pages: pageStarts(),
    blocks: ['Travel policy', 'Approval', 'Meals and lodging'].map((heading) => ({
      kind: 'HEADING',
      level: 1,
      start: TEXT.indexOf(heading),
      end: TEXT.indexOf(heading) + heading.length,
      page: 0,
    })),
  },
  d2: {
    text: HANDBOOK,
    pages: [{ index: 0, kind: 'WHOLE', label: '', start: 0, end: HANDBOOK.length }],
    blocks: HANDBOOK.split('\n').reduce(
      ({ at, out }, line) => {
        const kind = ['Onboarding handbook', 'Welcome', 'Equipment'].includes(line)
          ? 'HEADING'
          : line.startsWith('- ')
            ? 'LIST_ITEM'
            : 'PARAGRAPH';
        if (line) out.push({ kind, level: 1, start: at, end: at + line.length, page: 0 });
        return { at: at + line.length + 1, out };
      },
      { at: 0, out: [] },
    ).out,
  },
};

function citation(number, document, words, foundBy, score) {
  const { id, title, path, collection, revision, mediaType } = documents.find(
    (one) => one.id === document,
  );
  const { text, pages } = texts[id];
  const start = text.indexOf(words);
  const end = start + words.length;
  const isPdf = mediaType === 'application/pdf';
  const page = pages.find((one) => one.start <= start && start < one.end);
  return {
    number,
    document: id,
    title,
    path,
    collection,
    revision,
    mediaType,
    text: words.replaceAll('\n', ' '),
    start,
    end,
    foundBy,
    score,
    page: isPdf ? page.index : null,
    pageLabel: isPdf ? page.label : null,
    boxes: isPdf ? boxesOf(start, end) : [],
  };
}

const MEALS = citation(
  1,
  'd1',
  'Employees are reimbursed up to 42 euros a day for meals\non trips abroad.',
  ['words', 'meaning'],
  0.91,
);
const RECEIPTS = citation(2, 'd1', 'Receipts are handed in within 30 days.', ['meaning'], 0.72);
const LAPTOP = citation(
  3,
  'd2',
  'Every new colleague receives a laptop and a telephone.',
  ['words'],
  0.31,
);

const audit = { intent: '01JZ5K3F7Q8R', outcome: '01JZ5K3FB2XT' };
const timings = {
  retrieveMillis: 34,
  quotationMillis: 210,
  firstTokenMillis: 900,
  totalMillis: 3400,
  promptTokens: 412,
  generatedTokens: 58,
};
const model = {
  name: 'Qwen2.5-Coder-1.5B-Instruct Q4_K_M',
  sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046',
};

/** What the service would stream for a question: [delay in ms, event, data]. */
export function answerTo(question) {
  const stage = (name, millis) => ['stage', { stage: name, millis }];
  if (/parking/i.test(question)) {
    return [
      [0, ...stage('searching', 2)],
      [40, ...stage('reading', 40)],
      [
        300,
        'answer',
        {
          id: 'a2',
          kind: 'refused',
          sentences: [],
          quotations: [],
          citations: [],
          withheld: 0,
          model: null,
          note: null,
          audit,
          refusal: {
            reason: 'not_stated',
            nearest: [
              { ...LAPTOP, number: 1 },
              { ...RECEIPTS, number: 2 },
            ],
          },
          timings: {
            ...timings,
            quotationMillis: -1,
            firstTokenMillis: -1,
            totalMillis: 340,
            generatedTokens: 0,
          },
        },
      ],
    ];
  }
  const words =
    'On trips abroad, meals are reimbursed **up to 42 euros a day**. Receipts are due within 30 days. Alcohol is never paid.'.split(
      /(?<= )/,
    );
  return [
    [0, ...stage('searching', 2)],
    [60, ...stage('reading', 62)],
    [200, 'quotation', { quotations: [MEALS] }],
    [10, 'sources', { sources: [MEALS, RECEIPTS, LAPTOP] }],
    [10, ...stage('writing', 240)],
    ...words.map((text) => [60, 'token', { text }]),
    [30, ...stage('checking', 2300)],
    [
      500,
      'answer',
      {
        id: 'a1',
        kind: 'composed',
        withheld: 1,
        refusal: null,
        model,
        note: null,
        audit,
        timings,
        quotations: [MEALS],
        citations: [MEALS, RECEIPTS],
        sentences: [
          {
            text: 'On trips abroad, meals are reimbursed **up to 42 euros a day**.',
            citations: [1],
            verdict: 'supported',
          },
          { text: 'Receipts are due within 30 days.', citations: [2], verdict: 'supported' },
          { text: 'Alcohol is never paid.', citations: [], verdict: 'withheld' },
        ],
      },
    ],
  ];
}

export const me = {
  id: 'u1',
  username: 'anna',
  displayName: 'Anna Kovač',
  roles: ['EMPLOYEE', 'COMPLIANCE_OFFICER', 'ADMINISTRATOR'],
  groups: ['everyone', 'hr'],
  mustChangePassword: false,
  csrf: 'fixture-token',
};

const at = '2026-05-03T10:12:00Z';
const earlier = [
  'What is paid for meals abroad?',
  'Who approves a trip?',
  'How long may a contract be extended?',
];
export const conversations = earlier.map((title, i) => ({
  id: `v${i + 1}`,
  title,
  createdAt: at,
  updatedAt: at,
}));
export const whole = {
  ...conversations[0],
  turns: [{ question: earlier[0], answer: answerTo('meals').at(-1)[2], askedAt: at }],
};
export const groups = [
  { name: 'everyone', description: '', members: 3 },
  { name: 'hr', description: 'Human resources', members: 1 },
  { name: 'legal', description: 'Lawyers', members: 1 },
];
export const users = [
  { ...me, mustChangePassword: false, disabled: false, createdAt: at },
  {
    id: 'u2',
    username: 'ben',
    displayName: 'Ben Okafor',
    roles: ['EMPLOYEE'],
    groups: ['everyone', 'legal'],
    disabled: false,
    mustChangePassword: true,
    createdAt: at,
  },
  {
    id: 'u3',
    username: 'chloe',
    displayName: 'Chloé Martin',
    roles: ['EMPLOYEE'],
    groups: [],
    disabled: true,
    mustChangePassword: false,
    createdAt: at,
  },
];
export const tokens = [
  { id: 't1', name: 'nightly import', createdAt: at, expiresAt: null, lastUsedAt: null },
];
export const sessions = [
  {
    id: 's1',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
    createdAt: at,
    lastSeenAt: at,
    expiresAt: at,
    current: true,
  },
  {
    id: 's2',
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1',
    createdAt: at,
    lastSeenAt: at,
    expiresAt: at,
    current: false,
  },
];

const person = { account: 'u1', name: 'Anna Kovač' };
const event = (i, act, outcome, data, by = person) => ({
  id: `019ab000-0000-7000-8000-00000000000${i}`,
  act,
  outcome,
  time: at,
  recordedAt: at,
  sequence: null,
  person: by,
  actor: by ? 'act_aaaaaaaaaaaaaaaaaaaaaaaaaa' : 'system',
  record: { act, outcome, data },
});
const passages = [
  { document: 'd1', revision: 'a1', start: 275, end: 347 },
  { document: 'd1', revision: 'a1', start: 348, end: 386 },
];
export const auditEvents = [
  event(6, 'question.answered', 'success', {
    passages,
    model,
    withheld: 1,
    elapsedMillis: 3400,
    sentences: 3,
  }),
  event(5, 'question.passages_shown', 'success', { intent: '019ab000', passages }),
  event(4, 'question.asked', 'intended', {
    form: 'ask',
    question: { bytes: 31, hmac: 'cdcd', key: 'person' },
  }),
  event(
    3,
    'access.denied',
    'denied',
    { operation: 'GET /api/v1/audit/events', reason: 'role_missing', document: null },
    { account: 'u2', name: 'Ben Okafor' },
  ),
  event(2, 'auth.signed_in', 'success', { credential: 'password' }),
  event(1, 'service.started', 'success', { instance: '7', version: '0.1.0' }, null),
];
