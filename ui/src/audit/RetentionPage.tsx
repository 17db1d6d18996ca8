import { useScreen } from '../app/screen';
import { useMessages } from '../i18n';
import { AuditTabs } from './AuditTabs';
import { Holds } from './Holds';
import { Prunings } from './Prunings';
import './audit.css';

/** How long records stay: months that two people let go, and what a legal hold keeps. */
export default function RetentionPage() {
  const t = useMessages();
  useScreen(`${t.audit.tabs.retention} · ${t.audit.title}`);
  return (
    <div className="page">
      <div className="page-title">
        <h1>{t.audit.title}</h1>
        <p className="quiet">{t.retention.lead}</p>
      </div>
      <AuditTabs current="retention" />
      <Prunings />
      <Holds />
    </div>
  );
}
