import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createToken, revokeToken, tokens } from '../api/client';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { Notice } from '../design/Notice';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';

/** Access tokens for programs. A new one is shown once. */
export function Tokens() {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['tokens'], queryFn: tokens });
  const [fresh, setFresh] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['tokens'] });

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setFault(null);
    try {
      const { token } = await createToken(String(new FormData(form).get('name')));
      setFresh(token);
      form.reset();
      await refresh();
    } catch (failure) {
      setFault(failure);
    }
  };
  const revoke = async (id: string) => {
    setFault(null);
    try {
      await revokeToken(id);
    } catch (failure) {
      setFault(failure);
    }
    await refresh();
  };

  return (
    <section className="stack">
      <h2>{t.account.tokens}</h2>
      <p className="quiet">{t.account.tokensLead}</p>
      {error && <Fault error={error} retry={refetch} />}
      {!data && !error && <Skeleton />}
      {data?.length === 0 && <p className="quiet">{t.account.noTokens}</p>}
      <ul className="lines">
        {data?.map(({ id, name, createdAt }) => (
          <li key={id}>
            <span className="line-text">
              <span className="clip">{name}</span>
              <span className="quiet small">{t.account.created(format.dateTime(createdAt))}</span>
            </span>
            <button type="button" className="button small danger" onClick={() => revoke(id)}>
              {t.account.revoke}
            </button>
          </li>
        ))}
      </ul>
      {fresh && (
        <Notice tone="warn">
          {t.account.tokenOnce}
          <p>
            <code className="secret">{fresh}</code>
          </p>
        </Notice>
      )}
      {fault !== null && <Fault error={fault} />}
      <form className="inline-form" onSubmit={create}>
        <Field name="name" label={t.account.tokenName} maxLength={100} required />
        <button type="submit" className="button">
          {t.account.createToken}
        </button>
      </form>
    </section>
  );
}
