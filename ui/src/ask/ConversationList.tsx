import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { removeConversation, renameConversation } from '../api/client';
import type { Conversation } from '../api/types';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { FormSheet } from '../design/FormSheet';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { thread } from './thread';
import { useConversations } from './useConversations';
import { useSettled } from './useSettled';

/** What was asked before, newest first; found by the words of titles and questions. */
export function ConversationList({ onOpen }: { onOpen?: () => void }) {
  const t = useMessages();
  const [search, setSearch] = useState('');
  const words = useSettled(search.trim());
  const { items, total, loading, error, refresh, ...list } = useConversations(words);
  const [sheet, setSheet] = useState<{ act: 'rename' | 'delete'; on: Conversation } | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const removed = useRef(false);
  useEffect(() => {
    if (sheet || !removed.current) return;
    // Where the focus came from is gone.
    removed.current = false;
    frame.current?.focus();
  }, [sheet]);

  const empty = total === 0 && words === '';
  return (
    <div className="conversation-list" ref={frame} tabIndex={-1}>
      {(search !== '' || words !== '' || items.length > 0) && (
        <input
          type="search"
          className="input compact"
          value={search}
          maxLength={200}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t.conversations.search}
          aria-label={t.conversations.search}
        />
      )}
      {loading && <Skeleton />}
      {error && <Fault error={error} retry={list.refetch} />}
      {empty && <p className="quiet small">{t.conversations.empty}</p>}
      <p role="status" className={total === 0 && !empty ? 'quiet small' : 'visually-hidden'}>
        {words !== '' &&
          total !== null &&
          (total === 0 ? t.conversations.noMatch : t.conversations.count(total))}
      </p>
      <ul>
        {items.map((one) => (
          <Item
            key={one.id}
            conversation={one}
            onOpen={onOpen}
            onOptions={() => setSheet({ act: 'rename', on: one })}
          />
        ))}
        {list.hasNextPage && (
          <li>
            <button
              type="button"
              className="button small"
              disabled={list.isFetchingNextPage}
              onClick={() => list.fetchNextPage()}
            >
              {t.conversations.more}
            </button>
          </li>
        )}
      </ul>
      {sheet?.act === 'rename' && (
        <Rename
          conversation={sheet.on}
          onRenamed={refresh}
          onDelete={() => setSheet({ ...sheet, act: 'delete' })}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet?.act === 'delete' && (
        <Remove
          conversation={sheet.on}
          onRemoved={() => {
            removed.current = true;
            return refresh();
          }}
          onClose={() => setSheet(null)}
        />
      )}
    </div>
  );
}

interface ItemProps {
  conversation: Conversation;
  onOpen: (() => void) | undefined;
  onOptions: () => void;
}

function Item({ conversation: { id, title }, onOpen, onOptions }: ItemProps) {
  const t = useMessages();
  const [path] = useLocation();
  return (
    <li>
      <Link
        href={`/c/${id}`}
        className="nav-link"
        aria-current={path === `/c/${id}` ? 'page' : undefined}
        onClick={onOpen}
      >
        <span className="clip" dir="auto">
          {title}
        </span>
      </Link>
      <button
        type="button"
        className="button plain small square"
        onClick={onOptions}
        aria-label={t.conversations.options(title)}
      >
        <Icon name="more" size={18} />
      </button>
    </li>
  );
}

interface RenameProps {
  conversation: Conversation;
  onRenamed: () => Promise<unknown>;
  onDelete: () => void;
  onClose: () => void;
}

function Rename({ conversation: { id, title }, onRenamed, onDelete, onClose }: RenameProps) {
  const t = useMessages();
  const rename = async (form: FormData) => {
    await renameConversation(id, String(form.get('title')));
    await onRenamed();
  };
  return (
    <FormSheet title={t.conversations.rename} act={t.common.save} onSave={rename} onClose={onClose}>
      <Field
        name="title"
        label={t.conversations.newName}
        defaultValue={title}
        maxLength={200}
        required
      />
      <button type="button" className="button danger" onClick={onDelete}>
        <Icon name="trash" size={18} />
        {t.common.delete}
      </button>
    </FormSheet>
  );
}

interface RemoveProps {
  conversation: Conversation;
  onRemoved: () => Promise<unknown>;
  onClose: () => void;
}

function Remove({ conversation: { id, title }, onRemoved, onClose }: RemoveProps) {
  const t = useMessages();
  const [path, navigate] = useLocation();
  const remove = async () => {
    await removeConversation(id);
    if (path === `/c/${id}`) {
      thread.show();
      navigate('/');
    }
    await onRemoved();
  };
  return (
    <Confirm
      title={t.conversations.confirmDelete(title)}
      lead={t.conversations.deleteLead}
      act={t.common.delete}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}
