import type { Answer, Citation, Sentence } from '../api/types';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { nameOf } from './named';
import { PlaceLink } from './PlaceLink';
import { blocks, inline, SafeText, withoutBullet } from './safeText';
import { isWritten, type Turn } from './turn';

/** The composed answer: a draft while it streams, then checked sentences with their sources. */
export function AnswerText({ turn }: { turn: Turn }) {
  const t = useMessages();
  if (turn.answer) return turn.answer.kind === 'composed' && <Checked answer={turn.answer} />;
  const running = turn.phase === 'running';
  if (turn.draft.trim() === '') return isWritten(turn) && running && <Skeleton lines={3} />;
  return (
    <section className="composed draft" aria-label={t.ask.answer} aria-busy={running}>
      <p className="verdict">
        <Icon name="edit" size={16} />
        {t.ask.draft}
      </p>
      <SafeText text={turn.draft} />
    </section>
  );
}

function Checked({ answer }: { answer: Answer }) {
  const t = useMessages();
  const kept = answer.sentences.filter((sentence) => sentence.verdict === 'supported');
  const withheld = answer.sentences.filter((sentence) => sentence.verdict === 'withheld');
  return (
    <section className="composed" aria-label={t.ask.answer}>
      {kept.length > 0 && (
        <p className="verdict good">
          <Icon name="check" size={16} />
          {t.ask.checked(kept.length)}
        </p>
      )}
      {blocks(kept, (sentence) => sentence.text).map((block) => (
        <p key={block.parts[0]?.text} className={block.kind} dir="auto">
          {block.parts.map((sentence) => (
            <CitedSentence key={sentence.text} sentence={sentence} citations={answer.citations} />
          ))}
        </p>
      ))}
      {answer.withheld > 0 && <Withheld count={answer.withheld} sentences={withheld} />}
    </section>
  );
}

function CitedSentence({ sentence, citations }: { sentence: Sentence; citations: Citation[] }) {
  const t = useMessages();
  return (
    <>
      {inline(withoutBullet(sentence.text))}
      {/* A word joiner: a number never begins a line. */ sentence.citations.length > 0 && '\u2060'}
      {sentence.citations.map((number) => {
        const citation = citations.find((one) => one.number === number);
        return (
          citation && (
            <PlaceLink
              key={number}
              citation={citation}
              className="cite"
              label={t.ask.source(number, nameOf(citation))}
            >
              {number}
            </PlaceLink>
          )
        );
      })}{' '}
    </>
  );
}

function Withheld({ count, sentences }: { count: number; sentences: Sentence[] }) {
  const t = useMessages();
  const texts = sentences.filter((sentence) => sentence.text !== '');
  return (
    <div className="notice warn withheld">
      <Icon name="warn" />
      <div>
        {t.ask.withheld(count)}
        {texts.length > 0 && (
          <details>
            <summary>{t.ask.showWithheld}</summary>
            {texts.map((sentence) => (
              <p key={sentence.text}>
                <span className="visually-hidden">{t.ask.withheldSentence}: </span>
                <s>{inline(sentence.text)}</s>
              </p>
            ))}
          </details>
        )}
      </div>
    </div>
  );
}
