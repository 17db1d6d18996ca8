import { useQuery, useQueryClient } from '@tanstack/react-query';
import { changeUser, createUser, groups } from '../api/client';
import { ROLES, type Role, type User } from '../api/types';
import { Choices } from '../design/Choices';
import { Field } from '../design/Field';
import { FormSheet } from '../design/FormSheet';
import { useMessages } from '../i18n';
import { Readable } from './Readable';
import { SignInActs } from './SignInActs';

// Every account that may sign in is in it without being put there.
const EVERYONE = 'everyone';

/** Makes or changes an account. */
export function UserSheet({ user, onClose }: { user: User | null; onClose: () => void }) {
  const t = useMessages();
  const queries = useQueryClient();
  const known = useQuery({ queryKey: ['groups'], queryFn: groups });
  const names = known.data?.map(({ name }) => name).filter((name) => name !== EVERYONE) ?? [];

  const save = async (form: FormData) => {
    const password = String(form.get('password'));
    const username = user?.username ?? String(form.get('username'));
    const common = {
      displayName: String(form.get('displayName')).trim() || username,
      roles: form.getAll('roles') as Role[],
      groups: form.getAll('groups').map(String),
    };
    if (user === null) {
      await createUser({ ...common, username, password });
    } else {
      const disabled = form.get('disabled') !== null;
      await changeUser(user.id, { ...common, disabled, ...(password ? { password } : {}) });
    }
    await queries.invalidateQueries({ queryKey: ['users'] });
    await queries.invalidateQueries({ queryKey: ['groups'] });
  };

  return (
    <FormSheet
      title={user ? t.people.editPerson(user.displayName || user.username) : t.people.addPerson}
      act={user ? t.common.save : t.common.create}
      needs={[known]}
      onSave={save}
      onClose={onClose}
    >
      {user === null && (
        <Field
          name="username"
          label={t.people.username}
          autoComplete="off"
          autoCapitalize="none"
          maxLength={64}
          required
        />
      )}
      <Field
        name="displayName"
        label={t.people.displayName}
        defaultValue={user?.displayName ?? ''}
        maxLength={200}
        autoComplete="off"
      />
      <Field
        name="password"
        type="password"
        label={user ? t.people.newPassword : t.people.password}
        hint={user ? t.people.keepPassword : t.people.passwordHint}
        autoComplete="new-password"
        minLength={12}
        required={user === null}
      />
      <Choices
        legend={t.people.rolesTitle}
        name="roles"
        chosen={user?.roles ?? ['EMPLOYEE']}
        choices={ROLES.map((role) => ({
          value: role,
          label: t.people.roles[role],
          hint: t.people.roleHints[role],
        }))}
      />
      {names.length > 0 && (
        <Choices
          legend={t.people.groupsTitle}
          name="groups"
          chosen={user?.groups ?? []}
          choices={names.map((name) => ({ value: name, label: name }))}
        />
      )}
      {user && (
        <label className="check">
          <input type="checkbox" name="disabled" defaultChecked={user.disabled} />
          {t.people.disabled}
        </label>
      )}
      {user && <Readable user={user} />}
      {user && <SignInActs user={user} />}
    </FormSheet>
  );
}
