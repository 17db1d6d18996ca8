import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { users } from '../api/client';
import type { User } from '../api/types';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { type Messages, useLanguage } from '../i18n';
import { groupName } from '../i18n/service';
import { UserSheet } from './UserSheet';

const NEW = 'new';

function statusOf({ disabled, lockedUntil }: User, t: Messages): string {
  if (disabled) return t.people.disabled;
  return lockedUntil ? t.people.locked : t.people.active;
}

/** Every account. */
export function UsersTab() {
  const { t, format } = useLanguage();
  const { data, error, refetch } = useQuery({ queryKey: ['users'], queryFn: users });
  const [open, setOpen] = useState<string | null>(null);
  const opened = data?.find(({ id }) => id === open);
  if (error) return <Fault error={error} retry={refetch} />;
  if (!data) return <Skeleton lines={6} />;
  return (
    <>
      <button type="button" className="button primary fit" onClick={() => setOpen(NEW)}>
        <Icon name="plus" size={18} />
        {t.people.addPerson}
      </button>
      <div className="table-frame">
        <table className="stacks">
          <thead>
            <tr>
              <th scope="col">{t.people.displayName}</th>
              <th scope="col">{t.people.rolesTitle}</th>
              <th scope="col">{t.people.groupsTitle}</th>
              <th scope="col">{t.people.status}</th>
              <th scope="col">
                <span className="visually-hidden">{t.people.edit}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((user) => (
              <tr key={user.id}>
                <th scope="row">
                  {user.displayName || user.username}
                  <span className="quiet small"> {user.username}</span>
                </th>
                <td>{format.list(user.roles.map((role) => t.people.roles[role]))}</td>
                <td>{format.list(user.groups.map((group) => groupName(group, t)))}</td>
                <td>{statusOf(user, t)}</td>
                <td className="end">
                  <button
                    type="button"
                    className="button small"
                    onClick={() => setOpen(user.id)}
                    aria-label={t.people.editPerson(user.displayName || user.username)}
                  >
                    <Icon name="edit" size={16} />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open === NEW && <UserSheet user={null} onClose={() => setOpen(null)} />}
      {opened && <UserSheet user={opened} onClose={() => setOpen(null)} />}
    </>
  );
}
