import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useParams } from 'wouter';
import { useTitle } from '../app/screen';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { WithReader } from '../reader/WithReader';
import { OnlyDocument } from './OnlyDocument';
import { PeriodPicker } from './PeriodPicker';
import { isPossible } from './period';
import { QuestionField } from './QuestionField';
import { ScopePicker } from './ScopePicker';
import { TurnView } from './TurnView';
import { thread } from './thread';
import { marked, type Scope, type Turn } from './turn';
import { typed } from './typed';
import { useConversation } from './useConversation';
import { useConversationTitle } from './useConversations';
import { useScope } from './useScope';
import './ask.css';

/** A question of the conversation that is being changed, and what it was changed for. */
interface Change {
  of: string;
  text: string;
  scope: Scope;
}

/** Everyone's first screen: the field, and under it the answers of this conversation. */
export function AskPage() {
  const t = useMessages();
  const { id } = useParams();
  const state = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const { turns, latest, ended } = state;
  const queries = useQueryClient();
  const { error, loading } = useConversation(id, state);
  const [text, setText] = useState(typed.read);
  const [scope, setScope] = useScope();
  const { collections, documents, ...period } = scope;
  const field = useRef<HTMLTextAreaElement>(null);
  const running = turns.some(({ phase }) => phase === 'running');
  // Until the changed question is asked, its answer stays.
  const [change, setChange] = useState<Change | null>(null);
  const changing = turns.find(({ key }) => key === change?.of);

  const shown = useRef(false);
  useTitle(useConversationTitle(id) ?? turns[0]?.question ?? t.nav.ask);

  useEffect(() => {
    // Its conversation was left, or it was asked again as it was.
    if (!change || changing) return;
    setText(change.text);
    setChange(null);
  }, [change, changing]);
  useEffect(() => {
    if (!shown.current || id === undefined) field.current?.focus();
    // One that was opened from the list is read first; one that was just begun has the focus.
    else if (thread.snapshot().conversation !== id) document.getElementById('main')?.focus();
    shown.current = true;
  }, [id]);
  useEffect(() => {
    if (ended > 0) void queries.invalidateQueries({ queryKey: ['conversations'] });
  }, [ended, queries]);
  useEffect(() => {
    if (latest) document.getElementById(latest)?.scrollIntoView?.({ block: 'start' });
  }, [latest]);

  const ask = (question: string) => {
    if (!isPossible(scope)) return;
    const next = (changing && change?.text) ?? '';
    setText(next);
    typed.write(next);
    if (changing && change) setScope(change.scope);
    setChange(null);
    void thread.ask(question, scope, changing?.key);
  };
  const type = (typing: string) => {
    setText(typing);
    if (!changing) typed.write(typing);
  };
  const edit = (turn: Turn) => {
    setChange(changing && change ? { ...change, of: turn.key } : { of: turn.key, text, scope });
    setText(turn.question);
    setScope(turn.scope);
    field.current?.focus();
  };
  const leaveAsItWas = () => {
    if (!change) return;
    setText(change.text);
    setScope(change.scope);
    setChange(null);
    field.current?.focus();
  };
  const questionField = (
    <QuestionField
      value={text}
      onChange={type}
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
          {documents.length > 0 ? (
            documents.map((only) => (
              <OnlyDocument
                key={only}
                id={only}
                onRemove={() =>
                  setScope({ ...scope, documents: documents.filter((one) => one !== only) })
                }
              />
            ))
          ) : (
            <ScopePicker
              chosen={collections}
              onChange={(chosen) => setScope({ ...scope, collections: chosen })}
            >
              <PeriodPicker
                period={period}
                onChange={(chosen) => setScope({ collections, documents, ...chosen })}
              />
            </ScopePicker>
          )}
        </div>
      </div>
    </WithReader>
  );
}
