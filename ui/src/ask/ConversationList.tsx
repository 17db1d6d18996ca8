import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';
import { conversations, removeConversation, renameConversation } from '../api/client';
import type { Conversation } from '../api/types';
import { Confirm } from '../design/Confirm';
import { Field } from '../design/Field';
import { FormSheet } from '../design/FormSheet';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { thread } from './thread';

// From here on, looking for one is quicker than reading the list.
const SEARCH_FROM = 8;

/** What was asked before, newest first. */
export function ConversationList() {
  const t = useMessages();
  const queries = useQueryClient();
  const { conversation } = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const { data } = useQuery({ queryKey: ['conversations'], queryFn: conversations });
  const [search, setSearch] = useState('');
  useEffect(() => {
    if (conversation) void queries.invalidateQueries({ queryKey: ['conversations'] });
  }, [conversation, queries]);
  if (!data || data.length === 0) return null;
  const wanted = search.toLocaleLowerCase();
  const shown = data.filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
  return (
    <section className="conversations" aria-label={t.conversations.title}>
      <h2 className="eyebrow">{t.conversations.title}</h2>
      {data.length >= SEARCH_FROM && (
        <input
          type="search"
          className="input compact"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t.conversations.search}
          aria-label={t.conversations.search}
        />
      )}
      <ul>
        {shown.map((one) => (
          <Item key={one.id} conversation={one} />
        ))}
      </ul>
    </section>
  );
}

function Item({ conversation: { id, title } }: { conversation: Conversation }) {
  const t = useMessages();
  const [path, navigate] = useLocation();
  const queries = useQueryClient();
  const [sheet, setSheet] = useState<'rename' | 'delete' | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['conversations'] });
  const current = path === `/c/${id}`;

  const rename = async (form: FormData) => {
    await renameConversation(id, String(form.get('title')));
    await refresh();
  };
  const remove = async () => {
    await removeConversation(id);
    if (current) {
      thread.show();
      navigate('/');
    }
    await refresh();
  };

  return (
    <li>
      <Link href={`/c/${id}`} className="nav-link" aria-current={current ? 'page' : undefined}>
        <span className="clip" dir="auto">
          {title}
        </span>
      </Link>
      <button
        type="button"
        className="button plain small square"
        onClick={() => setSheet('rename')}
        aria-label={t.conversations.options(title)}
      >
        <Icon name="more" size={18} />
      </button>
      {sheet === 'rename' && (
        <FormSheet
          title={t.conversations.rename}
          act={t.common.save}
          onSave={rename}
          onClose={() => setSheet(null)}
        >
          <Field
            name="title"
            label={t.conversations.newName}
            defaultValue={title}
            maxLength={200}
            required
          />
          <button type="button" className="button danger" onClick={() => setSheet('delete')}>
            <Icon name="trash" size={18} />
            {t.common.delete}
          </button>
        </FormSheet>
      )}
      {sheet === 'delete' && (
        <Confirm
          title={t.conversations.confirmDelete(title)}
          lead={t.conversations.deleteLead}
          act={t.common.delete}
          onConfirm={remove}
          onClose={() => setSheet(null)}
        />
      )}
    </li>
  );
}
