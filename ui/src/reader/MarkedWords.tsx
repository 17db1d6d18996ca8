import { pieces, type Range } from './marking';
import { type Place, samePlace } from './place';

/** A document's text, the place in the address if it is on this page, and all that is cited. */
export interface Words {
  text: string;
  place: Place | null;
  places: Place[];
}

/** A stretch of the text with the cited words in it marked. */
export function MarkedWords({ range, text, place, places }: Words & { range: Range }) {
  return pieces(text, range, places).map((piece) =>
    piece.marks.length > 0 ? (
      <mark
        key={piece.start}
        className={
          place && piece.marks.some((mark) => samePlace(mark, place)) ? 'current' : undefined
        }
      >
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}
