import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { contentAddress, document as documentById } from '../api/client';
import { Problem } from '../api/http';
import type { Citation, LibraryDocument } from '../api/types';
import { askAddress } from '../ask/useScope';
import { Fault } from '../design/Fault';
import { fetched } from '../design/fetched';
import { Icon } from '../design/Icon';
import { Notice } from '../design/Notice';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { ImageView } from './ImageView';
import { Marks } from './Marks';
import { type Place, placeOf, samePlace } from './place';
import { TextView } from './TextView';

const PdfView = fetched(() => import('./PdfView'), <Skeleton lines={12} />);

/** How a document is drawn as it looks; formats without a look of their own are shown as text. */
function viewOf({ mediaType }: LibraryDocument) {
  if (mediaType === 'application/pdf') return PdfView;
  // What text recognition reads; SVG, which is text, is not among it.
  return /^image\/(png|jpeg|tiff|gif|bmp)$/.test(mediaType ?? '') ? ImageView : null;
}

interface ReaderProps {
  place: Place;
  /** Everything cited from this document; the person may walk through it. */
  marks: Citation[];
  onMove: (place: Place) => void;
  onClose: () => void;
}

/** The real document beside the answer, at the words that answer. */
export default function Reader({ place, marks, onMove, onClose }: ReaderProps) {
  const t = useMessages();
  const query = useQuery({
    queryKey: ['document', place.document],
    queryFn: () => documentById(place.document),
  });
  const places = walk(place, marks);
  const at = places.findIndex((one) => samePlace(one, place));
  const document = query.data;

  return (
    <aside className="reader" aria-label={t.reader.title}>
      <header className="reader-head">
        <div className="reader-title">
          <h1 className="clip" dir="auto">
            {document?.title ?? marks[0]?.title ?? t.reader.title}
          </h1>
          <p className="clip quiet small" dir="auto">
            {document?.path ?? marks[0]?.path}
          </p>
        </div>
        <Link
          href={askAddress(place.document)}
          className="button plain square"
          aria-label={t.ask.askThis}
          title={t.ask.askThis}
        >
          <Icon name="ask" />
        </Link>
        <Share />
        <a
          className="button plain square"
          href={contentAddress(place.document)}
          download
          aria-label={t.reader.download}
          title={t.reader.download}
        >
          <Icon name="download" />
        </a>
        <button
          type="button"
          className="button plain square"
          onClick={onClose}
          aria-label={t.reader.close}
          title={t.reader.close}
        >
          <Icon name="close" />
        </button>
      </header>
      <Marks at={at} count={places.length} onGo={(next) => places[next] && onMove(places[next])} />
      {query.isPending && <Skeleton lines={12} />}
      {query.error && <ReaderFault error={query.error} retry={query.refetch} />}
      {document && <Body document={document} place={place} places={places} />}
    </aside>
  );
}

function Body({
  document,
  place,
  places,
}: {
  document: LibraryDocument;
  place: Place;
  places: Place[];
}) {
  const t = useMessages();
  const [asText, setAsText] = useState(false);
  const Drawn = viewOf(document);
  const changed =
    place.revision !== null &&
    document.revision !== null &&
    !document.revision.startsWith(place.revision.slice(0, 12));
  return (
    <>
      {changed && <Notice tone="warn">{t.reader.changed}</Notice>}
      {Drawn && !asText ? (
        <Drawn
          document={document.id}
          place={place}
          places={places}
          onShowText={() => setAsText(true)}
        />
      ) : (
        <TextView
          document={document.id}
          place={place}
          places={places}
          onShowPages={Drawn ? () => setAsText(false) : undefined}
        />
      )}
    </>
  );
}

function Share() {
  const t = useMessages();
  const [shared, setShared] = useState(false);
  const share = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setShared(true);
  };
  return (
    <button
      type="button"
      className="button plain square"
      onClick={share}
      aria-label={shared ? t.reader.shared : t.reader.share}
      title={t.reader.share}
    >
      <Icon name={shared ? 'check' : 'link'} />
    </button>
  );
}

function ReaderFault({ error, retry }: { error: Error; retry: () => void }) {
  const t = useMessages();
  const gone = error instanceof Problem && error.status === 404;
  return gone ? (
    <Notice tone="fault">{t.reader.notFound}</Notice>
  ) : (
    <Fault error={error} retry={retry} />
  );
}

/** The marked places of a document in reading order; the one in the address is always among them. */
function walk(place: Place, marks: Citation[]): Place[] {
  const places = place.end > place.start ? [place] : [];
  for (const mark of marks.map(placeOf)) {
    if (!places.some((one) => samePlace(one, mark))) places.push(mark);
  }
  return places.sort((one, other) => one.start - other.start || one.end - other.end);
}
