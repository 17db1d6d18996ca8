import { useState } from 'react';
import type { Proof } from '../api/audit';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Notice } from '../design/Notice';
import { useLanguage } from '../i18n';
import { save } from './save';
import { obstacle, type Verdict, verify } from './verify';
import './audit.css';

/** Fetches a proof when asked, checks it in this browser, and saves it. */
export function ProofCheck({ load, name }: { load: () => Promise<Proof>; name: string }) {
  const { t } = useLanguage();
  const [checked, setChecked] = useState<{ proof: Proof; verdict: Verdict } | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const hindered = obstacle();

  const run = async (then: (proof: Proof) => Promise<void> | void) => {
    setBusy(true);
    setFault(null);
    try {
      await then(await load());
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  const check = () => run(async (proof) => setChecked({ proof, verdict: await verify(proof) }));
  const download = () =>
    run((proof) =>
      save(
        new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' }),
        `${name}.proof.json`,
      ),
    );

  return (
    <div className="proof">
      <div className="proof-acts">
        {!hindered && (
          <button type="button" className="button" disabled={busy} onClick={check}>
            <Icon name="check" size={18} />
            {t.audit.proof.check}
          </button>
        )}
        <button type="button" className="button" disabled={busy} onClick={download}>
          <Icon name="download" size={18} />
          {t.audit.proof.download}
        </button>
      </div>
      {hindered && <Notice tone="info">{t.desk.cannotCheck[hindered]}</Notice>}
      {fault !== null && <Fault error={fault} />}
      <div aria-live="polite">{checked && <Findings {...checked} />}</div>
    </div>
  );
}

function Findings({ proof, verdict }: { proof: Proof; verdict: Verdict }) {
  const { t } = useLanguage();
  return (
    <div className={`proof-verdict ${verdict.result}`}>
      <p>
        <strong>{t.audit.proof.verdicts[verdict.result]}</strong>
      </p>
      <ul>
        {verdict.findings.map(({ step, result }) => (
          <li key={step} className={result}>
            <Icon
              name={result === 'good' ? 'check' : result === 'bad' ? 'close' : 'waiting'}
              size={16}
            />
            <span>
              {t.audit.proof.steps[step]}: {t.audit.proof.results[result]}
            </span>
          </li>
        ))}
      </ul>
      {verdict.origin && proof.treeSize !== null && (
        <p className="quiet small">{t.audit.proof.signedBy(verdict.origin, proof.treeSize)}</p>
      )}
      <p className="quiet small">{t.audit.proof.limits}</p>
    </div>
  );
}
