/**
 * A two-page PDF in Courier, whose characters are all 0.6 em wide: so the place of every word on the
 * page is known by arithmetic, and a mark can be proved to lie on it.
 */
const SIZE = 11;
const ADVANCE = 0.6 * SIZE;
const LEADING = 16;
const LEFT = 72;
const TOP = 80;
const HEIGHT = 792;

export const PAGES = [
  [
    'Travel policy',
    '',
    'This policy applies to every employee who travels for work.',
    'Trains are preferred to flights below six hours.',
    'Flights are booked in economy class.',
    '',
    'Approval',
    '',
    'A trip abroad is approved by the head of the department',
    'before anything is booked.',
  ],
  [
    'Meals and lodging',
    '',
    'Employees are reimbursed up to 42 euros a day for meals',
    'on trips abroad. Receipts are handed in within 30 days.',
    'Hotels are booked up to 140 euros a night.',
    '',
    'Exceptions are granted by the finance office in writing.',
  ],
];

/** The whole text, as a parser would give it: lines, pages apart by a form feed's place. */
export const TEXT = PAGES.map((lines) => lines.join('\n')).join('\n\n');

/** The boxes of [start, end) of TEXT, in points from the top left. */
export function boxesOf(start, end) {
  const boxes = [];
  let at = 0;
  PAGES.forEach((lines, page) => {
    lines.forEach((line, row) => {
      const from = Math.max(start, at);
      const to = Math.min(end, at + line.length);
      if (from < to) {
        boxes.push({
          page,
          x: LEFT + (from - at) * ADVANCE,
          y: TOP + row * LEADING - 0.75 * SIZE,
          width: (to - from) * ADVANCE,
          height: SIZE,
        });
      }
      at += line.length + 1;
    });
    at += 1;
  });
  return boxes;
}

export function pageStarts() {
  let at = 0;
  return PAGES.map((lines, index) => {
    const length = lines.join('\n').length;
    const page = { index, kind: 'PAGE', label: String(index + 1), start: at, end: at + length };
    at += length + 2;
    return page;
  });
}

export function pdf() {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${PAGES.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}] /Count ${PAGES.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  ];
  PAGES.forEach((lines, i) => {
    const content = lines
      .map(
        (line, row) =>
          `BT /F1 ${SIZE} Tf ${LEFT} ${HEIGHT - TOP - row * LEADING} Td (${line}) Tj ET`,
      )
      .join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 ${HEIGHT}] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  });
  let out = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const offset = out.length;
    out += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) out += `${String(offset).padStart(10, '0')} 00000 n \n`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}
