import type { AuditEvent } from '../api/audit';
import type { Formats, Messages } from '../i18n';

/** Who acted, by name where the name is still kept. */
export function who({ person, actor }: AuditEvent, t: Messages): string {
  if (person) return person.name;
  if (actor === 'anonymous') return t.audit.anonymous;
  if (actor === 'system') return t.audit.system;
  if (actor === 'operator') return t.audit.operator;
  return actor;
}

export function act(event: AuditEvent, t: Messages): string {
  return t.audit.acts[event.act] ?? event.act;
}

/** A record as someone would tell it. What it does not hold is not made up. */
export function story(event: AuditEvent, t: Messages, format: Formats): string[] {
  const { data } = event.record;
  const told = [t.audit.sentence(format.dateTime(event.time), who(event, t), act(event, t))];
  if (event.act === 'question.asked' && (data.from || data.until)) {
    told.push(t.audit.period(day(data.from, format), day(data.until, format)));
  }
  if (Array.isArray(data.passages)) {
    const passages = data.passages as { document?: string }[];
    const documents = new Set(passages.map(({ document }) => document)).size;
    told.push(t.audit.passages(passages.length, documents));
  }
  if (typeof data.withheld === 'number' && data.withheld > 0) {
    told.push(t.audit.withheld(data.withheld));
  }
  const model = data.model as { name?: unknown } | null | undefined;
  if (typeof model?.name === 'string' && data.form !== 'quotation')
    told.push(t.audit.byModel(model.name));
  if (typeof data.elapsedMillis === 'number') {
    told.push(t.audit.took(format.seconds(data.elapsedMillis)));
  }
  return told;
}

function day(value: unknown, format: Formats): string | null {
  return typeof value === 'string' ? format.day(value) : null;
}

/** A field of a record as text. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join('\n');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${shown(inner)}`)
      .join(', ');
  }
  return value === null || value === undefined ? '—' : String(value);
}
