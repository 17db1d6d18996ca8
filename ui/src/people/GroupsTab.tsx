import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createGroup, groups, removeGroup } from '../api/client';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { groupName } from '../i18n/service';

/** The groups that documents are readable by. */
export function GroupsTab() {
  const t = useMessages();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['groups'], queryFn: groups });
  const [doomed, setDoomed] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['groups'] });

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    setFault(null);
    try {
      await createGroup(String(form.get('name')), String(form.get('description')));
      element.reset();
      await refresh();
    } catch (failure) {
      setFault(failure);
    }
  };

  if (error) return <Fault error={error} retry={refetch} />;
  if (!data) return <Skeleton lines={6} />;
  return (
    <>
      <form className="inline-form new-group" onSubmit={create}>
        <Field
          name="name"
          label={t.people.groupName}
          pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
          title={t.people.groupNameHint}
          placeholder="human-resources"
          maxLength={64}
          required
        />
        <Field name="description" label={t.people.description} maxLength={2000} />
        <button type="submit" className="button">
          {t.people.addGroup}
        </button>
      </form>
      {fault !== null && <Fault error={fault} />}
      <ul className="lines framed">
        {data.map(({ name, description, members }) => (
          <li key={name}>
            <span className="line-text">
              <strong className="clip">{groupName(name, t)}</strong>
              <span className="quiet small">
                {name === 'everyone' ? t.people.everyone : description}
              </span>
            </span>
            <span className="quiet nowrap">{t.people.members(members)}</span>
            {name !== 'everyone' && (
              <button
                type="button"
                className="button small danger"
                onClick={() => setDoomed(name)}
                aria-label={t.people.confirmDeleteGroup(name)}
              >
                <Icon name="trash" size={16} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {doomed !== null && (
        <Confirm
          title={t.people.confirmDeleteGroup(doomed)}
          lead={t.people.deleteGroupLead}
          name={doomed}
          act={t.common.delete}
          onConfirm={async () => {
            await removeGroup(doomed);
            await refresh();
          }}
          onClose={() => setDoomed(null)}
        />
      )}
    </>
  );
}
