import type { Citation } from '../api/types';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { fileBeside, nameOf } from './named';
import { PlaceLink } from './PlaceLink';
import { QuotedText } from './QuotedText';

/** The words of the documents that answer, verbatim, before anything is composed. */
export function QuotationCard({ quotations }: { quotations: Citation[] }) {
  const { t, format } = useLanguage();
  if (quotations.length === 0) return null;
  return (
    <section className="quotation" aria-label={t.ask.quotation}>
      <h3 className="eyebrow">{t.ask.quotation}</h3>
      {quotations.map((quotation) => (
        <figure key={`${quotation.document}:${quotation.start}`}>
          <blockquote dir="auto">
            <QuotedText citation={quotation} />
          </blockquote>
          <figcaption>
            <Icon name="file" size={16} />
            <span className="named">
              <span className="clip" dir="auto">
                {quotation.title}
              </span>
              {fileBeside(quotation) && (
                <span className="clip quiet file" dir="auto" title={quotation.path}>
                  {fileBeside(quotation)}
                </span>
              )}
              {quotation.pageLabel && (
                <span className="quiet nowrap">{t.ask.page(quotation.pageLabel)}</span>
              )}
              {quotation.date && <span className="quiet nowrap">{format.day(quotation.date)}</span>}
            </span>
            <PlaceLink
              citation={quotation}
              className="button small"
              label={t.ask.openSource(nameOf(quotation))}
            >
              <Icon name="open" size={16} />
              {t.ask.open}
            </PlaceLink>
          </figcaption>
        </figure>
      ))}
    </section>
  );
}
