import { useState } from 'react';
import { rateAnswer } from '../api/ask';
import { RATING_REASONS, type Rating } from '../api/types';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { thread } from './thread';

interface RateProps {
  /** Of the turn. */
  turn: string;
  answer: string;
  rating: Rating | null;
}

/** Whether the answer helped and, where it did not, why. The newest choice holds. */
export function Rate({ turn, answer, rating }: RateProps) {
  const t = useMessages();
  const [fault, setFault] = useState<unknown>(null);
  const choose = async (chosen: Rating) => {
    setFault(null);
    try {
      await rateAnswer(answer, chosen);
      thread.rated(turn, chosen);
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <div className="rate">
      <fieldset>
        <legend>{t.ask.rate.question}</legend>
        <Choice
          name={t.ask.rate.helpful}
          chosen={rating?.helpful === true}
          onChoose={() => choose({ helpful: true, reason: null })}
        />
        <Choice
          name={t.ask.rate.notHelpful}
          chosen={rating?.helpful === false}
          onChoose={() => choose({ helpful: false, reason: rating?.reason ?? null })}
        />
      </fieldset>
      {rating?.helpful === false && (
        <fieldset>
          <legend>{t.ask.rate.why}</legend>
          {RATING_REASONS.map((reason) => (
            <Choice
              key={reason}
              name={t.ask.rate.reasons[reason]}
              chosen={rating.reason === reason}
              onChoose={() =>
                choose({ helpful: false, reason: rating.reason === reason ? null : reason })
              }
            />
          ))}
        </fieldset>
      )}
      {fault !== null && <Fault error={fault} />}
      <p className="quiet small" aria-live="polite">
        {rating && t.ask.rate.thanks}
      </p>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  chosen: boolean;
  onChoose: () => void;
}

function Choice({ name, chosen, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="chip" aria-pressed={chosen} onClick={onChoose}>
      {chosen && <Icon name="check" size={14} />}
      {name}
    </button>
  );
}
