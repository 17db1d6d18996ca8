import { type AuditFilter, OUTCOMES, SEEN } from '../api/audit';
import { Select } from '../design/Select';
import { useMessages } from '../i18n';
import { DocumentField } from './DocumentField';

export const FIELDS = ['actor', 'act', 'document', 'outcome', 'from', 'to'] as const;

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (name: keyof AuditFilter, value: string) => void;
}

interface AllFiltersProps extends AuditFiltersProps {
  /** Title of the document that is filtered by, where it is known. */
  title: string | null;
}

/** Person, act, document, outcome and time. */
export function AuditFilters({ filter, title, onChange }: AllFiltersProps) {
  const t = useMessages();
  return (
    <search className="audit-filters">
      <Text name="actor" label={t.audit.person} filter={filter} onChange={onChange} />
      <Select
        label={t.audit.act}
        value={filter.act ?? ''}
        onChange={(value) => onChange('act', value)}
      >
        <option value="">{t.audit.any}</option>
        <option value={SEEN}>{t.access.sawDocument}</option>
        {Object.entries(t.audit.acts).map(([act, name]) => (
          <option key={act} value={act}>
            {name}
          </option>
        ))}
      </Select>
      <DocumentField
        label={t.audit.document}
        value={filter.document ?? ''}
        title={title}
        onChange={(id) => onChange('document', id)}
      />
      <Select
        label={t.audit.outcome}
        value={filter.outcome ?? ''}
        onChange={(value) => onChange('outcome', value)}
      >
        <option value="">{t.audit.any}</option>
        {OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t.audit.outcomes[outcome] ?? outcome}
          </option>
        ))}
      </Select>
      <Day name="from" label={t.audit.from} filter={filter} onChange={onChange} />
      <Day name="to" label={t.audit.to} filter={filter} onChange={onChange} />
    </search>
  );
}

interface OneProps extends AuditFiltersProps {
  name: keyof AuditFilter;
  label: string;
}

/** An id; searched when it is complete, that is on Enter or on leaving the field. */
function Text({ name, label, filter, onChange }: OneProps) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input
        key={filter[name]}
        type="search"
        className="input"
        defaultValue={filter[name] ?? ''}
        onBlur={(event) => {
          const value = event.target.value.trim();
          if (value !== (filter[name] ?? '')) onChange(name, value);
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </label>
  );
}

function Day({ name, label, filter, onChange }: OneProps) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input
        type="date"
        className="input"
        value={filter[name] ?? ''}
        onChange={(event) => onChange(name, event.target.value)}
      />
    </label>
  );
}
