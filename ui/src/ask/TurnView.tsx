import { useState } from 'react';
import { Problem } from '../api/http';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Notice } from '../design/Notice';
import { useLanguage, useMessages } from '../i18n';
import { known } from '../i18n/service';
import { AnswerText } from './AnswerText';
import { announcement } from './announcements';
import { copyText } from './copyText';
import type { Period } from './period';
import { QuotationCard } from './QuotationCard';
import { Rate } from './Rate';
import { Receipt } from './Receipt';
import { Refused } from './Refused';
import { Sources } from './Sources';
import { Stages } from './Stages';
import { thread } from './thread';
import type { Turn } from './turn';

/** One question with everything that came back, in an order that never jumps. */
export function TurnView({ turn, onEdit }: { turn: Turn; onEdit: (turn: Turn) => void }) {
  const t = useMessages();
  const { answer } = turn;
  return (
    <article className="turn" aria-labelledby={turn.key}>
      <h2 id={turn.key} className="question" dir="auto">
        {turn.question}
      </h2>
      {(turn.scope.from || turn.scope.until) && <WithinPeriod period={turn.scope} />}
      <Stages turn={turn} />
      <p className="visually-hidden" aria-live="polite" role="status">
        {announcement(turn, t)}
      </p>
      {answer?.refusal ? (
        <Refused turn={turn} />
      ) : (
        <>
          <QuotationCard quotations={turn.quotations} />
          <div className="answer">
            <AnswerText turn={turn} />
            {answer?.note && (
              <Notice tone="info">{known(t.service.notes, answer.noteCode) ?? answer.note}</Notice>
            )}
          </div>
          {/* After the last word of the draft: below it they would move with every line. */}
          {turn.phase !== 'running' && <Sources title={t.ask.sources} sources={turn.sources} />}
        </>
      )}
      {turn.away && <Notice tone="info">{t.ask.away}</Notice>}
      {turn.phase === 'stopped' && <p className="quiet">{t.ask.stopped}</p>}
      {turn.phase === 'failed' && <Failed turn={turn} />}
      {turn.phase !== 'running' && <Actions turn={turn} onEdit={onEdit} />}
      {answer && <Rate turn={turn.key} answer={answer.id} rating={turn.rating} />}
      {answer && <Receipt answer={answer} />}
    </article>
  );
}

function WithinPeriod({ period: { from, until } }: { period: Period }) {
  const { t, format } = useLanguage();
  return (
    <p className="quiet small">
      {t.ask.period.within(from ? format.day(from) : null, until ? format.day(until) : null)}
    </p>
  );
}

function Failed({ turn }: { turn: Turn }) {
  const t = useMessages();
  const problem = new Problem({ detail: t.ask.failed, ...turn.problem });
  return <Fault error={problem} retry={() => thread.again(turn.key)} />;
}

function Actions({ turn, onEdit }: { turn: Turn; onEdit: (turn: Turn) => void }) {
  const t = useMessages();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(copyText(turn, t));
    setCopied(true);
  };
  return (
    <div className="actions">
      {turn.answer && (
        <button type="button" className="button plain small" onClick={copy}>
          <Icon name={copied ? 'check' : 'copy'} size={16} />
          <span aria-live="polite">{copied ? t.ask.copied : t.ask.copy}</span>
        </button>
      )}
      <button type="button" className="button plain small" onClick={() => thread.again(turn.key)}>
        <Icon name="again" size={16} />
        {t.ask.askAgain}
      </button>
      <button type="button" className="button plain small" onClick={() => onEdit(turn)}>
        <Icon name="edit" size={16} />
        {t.ask.edit}
      </button>
    </div>
  );
}
