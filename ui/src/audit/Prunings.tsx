import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  approvePruning,
  type Pruning,
  proposePruning,
  prunings,
  rejectPruning,
} from '../api/retention';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { Skeleton } from '../design/Skeleton';
import { useLanguage, useMessages } from '../i18n';

/** Months whose records lose their bodies: one person proposes, another decides. */
export function Prunings() {
  const t = useMessages();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['prunings'], queryFn: prunings });
  const [doomed, setDoomed] = useState<Pruning | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['prunings'] });

  const act = async (change: () => Promise<unknown>) => {
    setFault(null);
    try {
      await change();
    } catch (failure) {
      setFault(failure);
    }
    await refresh();
  };
  const propose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const month = String(new FormData(event.currentTarget).get('month'));
    void act(() => proposePruning(month));
  };

  return (
    <section className="retention" aria-labelledby="prunings">
      <h2 id="prunings">{t.retention.pruning}</h2>
      <p className="quiet">{t.retention.pruningLead}</p>
      <form className="inline-form" onSubmit={propose}>
        <Field
          name="month"
          type="month"
          label={t.retention.month}
          pattern="[0-9]{4}-[0-9]{2}"
          placeholder="2020-03"
          required
        />
        <button type="submit" className="button">
          {t.retention.propose}
        </button>
      </form>
      {fault !== null && <Fault error={fault} />}
      {error && <Fault error={error} retry={refetch} />}
      {!data && !error && <Skeleton lines={3} />}
      {data?.length === 0 && <p className="quiet">{t.retention.noPrunings}</p>}
      {data && data.length > 0 && (
        <div className="table-frame">
          <Proposals
            items={data}
            onApprove={setDoomed}
            onReject={({ id }) => act(() => rejectPruning(id))}
          />
        </div>
      )}
      {doomed && (
        <Confirm
          title={t.retention.confirmApprove(doomed.month)}
          lead={t.retention.approveLead}
          name={doomed.month}
          act={t.retention.approve}
          onConfirm={async () => {
            await approvePruning(doomed.id);
            await refresh();
          }}
          onClose={() => setDoomed(null)}
        />
      )}
    </section>
  );
}

interface ProposalsProps {
  items: Pruning[];
  onApprove: (pruning: Pruning) => void;
  onReject: (pruning: Pruning) => void;
}

function Proposals({ items, onApprove, onReject }: ProposalsProps) {
  const { t, format } = useLanguage();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t.retention.month}</th>
          <th scope="col">{t.retention.state}</th>
          <th scope="col">{t.retention.proposedBy}</th>
          <th scope="col">{t.retention.decidedBy}</th>
          <th scope="col">{t.retention.records}</th>
          <th scope="col">
            <span className="visually-hidden">{t.retention.decide}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <th scope="row" className="nowrap">
              {one.month}
            </th>
            <td>
              <span className="tag">{t.retention.states[one.state]}</span>
            </td>
            <td>{t.retention.byAt(name(one.proposedBy), format.dateTime(one.proposedAt))}</td>
            <td>
              {one.decidedBy && one.decidedAt
                ? t.retention.byAt(name(one.decidedBy), format.dateTime(one.decidedAt))
                : one.own && t.retention.another}
            </td>
            <td>{one.records !== null && format.number(one.records)}</td>
            <td className="end">
              {one.state === 'PROPOSED' && (
                <span className="row-acts">
                  {!one.own && (
                    <button
                      type="button"
                      className="button small danger"
                      onClick={() => onApprove(one)}
                    >
                      {t.retention.approve}
                    </button>
                  )}
                  <button type="button" className="button small" onClick={() => onReject(one)}>
                    {one.own ? t.retention.withdraw : t.retention.reject}
                  </button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A person's name while it is kept, else the pseudonym. */
export function name(actor: Pruning['proposedBy']): string {
  return actor.name ?? actor.reference;
}
