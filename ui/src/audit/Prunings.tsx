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
import { useLanguage } from '../i18n';

/** Months whose records lose their bodies: one person proposes, another decides. */
export function Prunings() {
  const { t, format } = useLanguage();
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
        <ul className="lines framed">
          {data.map((one) => (
            <Proposal
              key={one.id}
              pruning={one}
              onApprove={() => setDoomed(one)}
              onReject={() => act(() => rejectPruning(one.id))}
            />
          ))}
        </ul>
      )}
      {doomed && (
        <Confirm
          title={t.retention.confirmApprove(format.month(doomed.month))}
          lead={t.retention.approveLead}
          name={format.month(doomed.month)}
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

interface ProposalProps {
  pruning: Pruning;
  onApprove: () => void;
  onReject: () => void;
}

function Proposal({ pruning, onApprove, onReject }: ProposalProps) {
  const { t, format } = useLanguage();
  const { month, state, own, proposedBy, proposedAt, decidedBy, decidedAt, records } = pruning;
  return (
    <li>
      <span className="line-text">
        <span>
          <strong>{format.month(month)}</strong>{' '}
          <span className="tag">{t.retention.states[state]}</span>
        </span>
        <span className="quiet small">
          {t.retention.proposed(name(proposedBy), format.dateTime(proposedAt))}{' '}
          {decidedBy &&
            decidedAt &&
            t.retention.decided(name(decidedBy), format.dateTime(decidedAt))}{' '}
          {records !== null && t.retention.dropped(records)}
          {state === 'PROPOSED' && own && t.retention.another}
        </span>
      </span>
      {state === 'PROPOSED' && (
        <span className="row-acts">
          {!own && (
            <button type="button" className="button small danger" onClick={onApprove}>
              {t.retention.approve}
            </button>
          )}
          <button type="button" className="button small" onClick={onReject}>
            {own ? t.retention.withdraw : t.retention.reject}
          </button>
        </span>
      )}
    </li>
  );
}

/** A person's name while it is kept, else the pseudonym. */
export function name(actor: Pruning['proposedBy']): string {
  return actor.name ?? actor.reference;
}
