import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useParams, useSearchParams } from 'wouter';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { WithReader } from '../reader/WithReader';
import { OnlyDocument } from './OnlyDocument';
import { PeriodPicker } from './PeriodPicker';
import { isPossible, type Period } from './period';
import { QuestionField } from './QuestionField';
import { ScopePicker } from './ScopePicker';
import { TurnView } from './TurnView';
import { thread } from './thread';
import { marked, type Scope, type Turn } from './turn';
import { useConversation } from './useConversation';
import './ask.css';

/** Everyone's first screen: the field, and under it the answers of this conversation. */
export function AskPage() {
  const t = useMessages();
  const { id } = useParams();
  const state = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const { turns, latest, ended } = state;
  const queries = useQueryClient();
  const { error, loading } = useConversation(id, state);
  const [text, setText] = useState('');
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<string[]>([]);
  const [period, setPeriod] = useState<Period>({});
  const only = params.get('only');
  const scope: Scope = only
    ? { collections: [], documents: [only] }
    : { collections: chosen, documents: [], ...period };
  const field = useRef<HTMLTextAreaElement>(null);
  const running = turns.some(({ phase }) => phase === 'running');
  // Until the changed question is asked, its answer stays.
  const [change, setChange] = useState<{ of: string; before: string } | null>(null);
  const changing = turns.find(({ key }) => key === change?.of);

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (ended > 0) void queries.invalidateQueries({ queryKey: ['conversations'] });
  }, [ended, queries]);
  useEffect(() => {
    if (latest) document.getElementById(latest)?.scrollIntoView?.({ block: 'start' });
  }, [latest]);

  const ask = (question: string) => {
    if (!isPossible(scope)) return;
    setText('');
    setChange(null);
    void thread.ask(question, scope, changing?.key);
  };
  const edit = ({ key, question }: Turn) => {
    setChange({ of: key, before: changing ? (change?.before ?? '') : text });
    setText(question);
    field.current?.focus();
  };
  const leaveAsItWas = () => {
    setText(change?.before ?? '');
    setChange(null);
    field.current?.focus();
  };
  const dropOnly = () =>
    setParams(
      (before) => {
        before.delete('only');
        return before;
      },
      { replace: true },
    );
  const questionField = (
    <QuestionField
      value={text}
      onChange={setText}
      onAsk={ask}
      onStop={() => thread.stop()}
      onCancel={changing && leaveAsItWas}
      running={running}
      followUp={turns.length > 0}
      field={field}
    />
  );

  return (
    <WithReader marks={turns.flatMap(marked)}>
      <div className={turns.length === 0 ? 'ask fresh' : 'ask'}>
        {error !== null && <Fault error={error} />}
        {turns.length === 0 && loading && <Skeleton lines={6} />}
        {turns.length === 0 ? (
          <h1>{t.ask.title}</h1>
        ) : (
          <div className="turns">
            <h1 className="visually-hidden">{t.nav.ask}</h1>
            {turns.map((turn) => (
              <TurnView key={turn.key} turn={turn} onEdit={edit} />
            ))}
          </div>
        )}
        <div className="dock">
          {questionField}
          {only ? (
            <OnlyDocument id={only} onRemove={dropOnly} />
          ) : (
            <ScopePicker chosen={chosen} onChange={setChosen}>
              <PeriodPicker onChange={setPeriod} />
            </ScopePicker>
          )}
        </div>
      </div>
    </WithReader>
  );
}
