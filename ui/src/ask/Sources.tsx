import type { Citation, FoundBy } from '../api/types';
import { type Formats, type Messages, useLanguage } from '../i18n';
import { fileBeside } from './named';
import { PlaceLink } from './PlaceLink';

/** The passages behind an answer, each with why it was found. */
export function Sources({ title, sources }: { title: string; sources: Citation[] }) {
  const { t, format } = useLanguage();
  if (sources.length === 0) return null;
  return (
    <section className="sources">
      <h3 className="eyebrow">{title}</h3>
      <ol>
        {sources.map((source) => (
          <li key={`${source.number}:${source.document}:${source.start}`}>
            <PlaceLink citation={source} className="source">
              <span className="number">{source.number}</span>
              <span className="source-text">
                <span className="source-title">
                  <strong className="clip" dir="auto">
                    {source.title}
                  </strong>
                  {fileBeside(source) && (
                    <span className="clip quiet file" dir="auto" title={source.path}>
                      {fileBeside(source)}
                    </span>
                  )}
                  {source.pageLabel && (
                    <span className="quiet nowrap">{t.ask.page(source.pageLabel)}</span>
                  )}
                </span>
                <span className="snippet" dir="auto">
                  {source.text}
                </span>
                <span className="quiet small">{why(source.foundBy, t, format)}</span>
              </span>
            </PlaceLink>
          </li>
        ))}
      </ol>
    </section>
  );
}

function why(foundBy: FoundBy[], t: Messages, format: Formats): string {
  const ways = foundBy.map((way) => (way === 'words' ? t.ask.foundByWords : t.ask.foundByMeaning));
  return ways.length > 0 ? `${t.ask.found} ${format.list(ways)}` : '';
}
