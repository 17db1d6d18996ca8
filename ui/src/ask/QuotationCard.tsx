import { useId, useState } from 'react';
import type { Citation } from '../api/types';
import { Icon } from '../design/Icon';
import { useLanguage, useMessages } from '../i18n';
import { excerpt, type Room } from './excerpt';
import { fileBeside, nameOf } from './named';
import { PlaceLink } from './PlaceLink';
import { QuotedText } from './QuotedText';

// On a laptop what was composed of three quotations begins on the first screen.
const FIRST: Room = { lines: 4, width: 62 };
// Characters: more than this is not read at a glance, however large it is set.
const LONG = 250;
const FURTHER: Room = { lines: 2, width: 82 };

/** The words of the documents that answer, verbatim, before anything is composed. */
export function QuotationCard({ quotations }: { quotations: Citation[] }) {
  const t = useMessages();
  if (quotations.length === 0) return null;
  return (
    <section className="quotation" aria-label={t.ask.quotation}>
      <h3 className="eyebrow">{t.ask.quotation}</h3>
      {quotations.map((quotation, at) => (
        <Quotation
          key={`${quotation.document}:${quotation.start}`}
          quotation={quotation}
          room={at === 0 ? FIRST : FURTHER}
        />
      ))}
    </section>
  );
}

/** The sentence that answers with a little around it; the rest of the quotation is a click away. */
function Quotation({ quotation, room }: { quotation: Citation; room: Room }) {
  const { t, format } = useLanguage();
  const [all, setAll] = useState(false);
  const words = useId();
  const whole = { start: 0, end: quotation.text.length };
  const brief = excerpt(quotation, room);
  const folds = brief.start > 0 || brief.end < whole.end;
  const file = fileBeside(quotation);
  return (
    <figure>
      <blockquote
        id={words}
        className={brief.end - brief.start > LONG ? 'long' : undefined}
        dir="auto"
      >
        <QuotedText citation={quotation} part={all ? whole : brief} />
      </blockquote>
      <figcaption>
        <Icon name="file" size={16} />
        <span className="named">
          <span className="clip" dir="auto">
            {quotation.title}
          </span>
          {file && (
            <span className="clip quiet file" dir="auto" title={quotation.path}>
              {file}
            </span>
          )}
          {quotation.pageLabel && (
            <span className="quiet nowrap">{t.ask.page(quotation.pageLabel)}</span>
          )}
          {quotation.date && <span className="quiet nowrap">{format.day(quotation.date)}</span>}
        </span>
        <span className="acts">
          {folds && (
            <button
              type="button"
              className="button plain small"
              aria-expanded={all}
              aria-controls={words}
              onClick={() => setAll(!all)}
            >
              {all ? t.ask.showLess : t.ask.showAll}
            </button>
          )}
          <PlaceLink
            citation={quotation}
            className="button small"
            label={t.ask.openSource(nameOf(quotation))}
          >
            <Icon name="open" size={16} />
            {t.ask.open}
          </PlaceLink>
        </span>
      </figcaption>
    </figure>
  );
}
