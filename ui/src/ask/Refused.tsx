import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { collections } from '../api/client';
import type { Collection } from '../api/types';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import { groupName } from '../i18n/service';
import { Sources } from './Sources';
import type { Turn } from './turn';

/** "Your documents do not say" is an answer too: with the reason, what came nearest, and who may know. */
export function Refused({ turn }: { turn: Turn }) {
  const { t } = useLanguage();
  const refusal = turn.answer?.refusal;
  const { data = [] } = useQuery({ queryKey: ['collections'], queryFn: collections });
  if (!refusal) return null;
  const near = new Set(refusal.nearest.map(({ collection }) => collection));
  const asked = near.size > 0 ? near : new Set(turn.scope.collections);
  const keepers = data.filter(({ id }) => asked.has(id));
  return (
    <section className="refused">
      <h3>{t.ask.refusal}</h3>
      <p>{t.ask.reasons[refusal.reason] ?? refusal.reason}</p>
      <p className="quiet">{t.ask.refusalHint}</p>
      {keepers.length > 0 && <Keepers keepers={keepers} question={turn.question} />}
      <Sources title={t.ask.nearest} sources={refusal.nearest} />
    </section>
  );
}

/** Who adds to the collections that came near, and a message for them to send by one's own means. */
function Keepers({ keepers, question }: { keepers: Collection[]; question: string }) {
  const { t, format } = useLanguage();
  const [copied, setCopied] = useState(false);
  const names = format.list(keepers.map(({ name }) => name));
  const copy = async () => {
    await navigator.clipboard.writeText(t.ask.askKeepers(question, names));
    setCopied(true);
  };
  return (
    <div className="keepers">
      <ul>
        {keepers.map(({ id, name, contributors }) => (
          <li key={id} dir="auto">
            {contributors.length > 0
              ? t.ask.keptBy(name, format.list(contributors.map((group) => groupName(group, t))))
              : t.ask.keptByAdministrators(name)}
          </li>
        ))}
      </ul>
      <button type="button" className="button small" onClick={copy}>
        <Icon name={copied ? 'check' : 'copy'} size={16} />
        <span aria-live="polite">{copied ? t.ask.copied : t.ask.copyForKeepers}</span>
      </button>
    </div>
  );
}
