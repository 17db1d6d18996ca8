import type { AuditEvent, Subject } from '../api/audit';
import type { Formats, Messages } from '../i18n';

/** Who acted, by name where the name is still kept. */
export function who({ person, actor }: AuditEvent, t: Messages): string {
  if (person) return person.displayName ?? person.name;
  if (actor === 'anonymous') return t.audit.anonymous;
  if (actor === 'system') return t.audit.system;
  if (actor === 'operator') return t.audit.operator;
  return actor;
}

/** With the user name, where that is another. */
function whoExactly(event: AuditEvent, t: Messages): string {
  const name = who(event, t);
  const user = event.person?.name;
  return user && user !== name ? `${name} (${user})` : name;
}

export function act(event: AuditEvent, t: Messages): string {
  return t.audit.acts[event.act] ?? event.act;
}

// More are counted: all fields stand below what is told.
const NAMED = 5;

/** A document, collection or account by name, or why it has none here. */
export function name({ kind, state, name: known, alias }: Subject, t: Messages): string {
  if (state !== 'known' || known === null) {
    return state === 'hidden' ? t.desk.hidden[kind] : t.desk.gone[kind];
  }
  return alias && alias !== known ? t.desk.named(known, alias) : t.desk.quoted(known);
}

/** What the record is about, except for who did it themselves. */
function subjectsOf({ subjects, actor }: AuditEvent): Subject[] {
  return subjects.filter(({ id }) => id !== actor);
}

/** The first thing that the record is about, for one line; null where it names none. */
export function about(event: AuditEvent, t: Messages): string | null {
  const [first, ...others] = subjectsOf(event);
  if (!first) return null;
  return others.length > 0 ? `${name(first, t)}, ${t.desk.andMore(others.length)}` : name(first, t);
}

function subjects(event: AuditEvent, t: Messages, format: Formats): string[] {
  return (['document', 'collection', 'account'] as const).flatMap((kind) => {
    const all = subjectsOf(event).filter((subject) => subject.kind === kind);
    if (all.length === 0) return [];
    const names = all.slice(0, NAMED).map((subject) => name(subject, t));
    if (all.length > NAMED) names.push(t.desk.andMore(all.length - NAMED));
    return [t.desk.about[kind](format.list(names))];
  });
}

/** Fields that say what was changed, in the order in which they are told. */
const OBJECTS = [
  'group',
  'setting',
  'changed',
  'added',
  'removed',
  'before',
  'after',
  'readers',
  'roles',
  'groups',
  'operation',
] as const;

function objects({ data }: AuditEvent['record'], t: Messages, format: Formats): string[] {
  return OBJECTS.flatMap((field) => {
    const value = data[field];
    if (typeof value === 'string') return [t.desk.object[field](value)];
    if (!Array.isArray(value)) return [];
    // Nothing was added or removed, but a document without readers has nobody.
    if (value.length > 0) return [t.desk.object[field](format.list(value.map(String)))];
    return field === 'added' || field === 'removed' ? [] : [t.desk.object[field](t.desk.nobody)];
  });
}

/** A record as someone would tell it. What it does not hold is not made up. */
export function story(event: AuditEvent, t: Messages, format: Formats): string[] {
  const { data, writer } = event.record;
  const told = [t.audit.sentence(format.dateTime(event.time), whoExactly(event, t), act(event, t))];
  if (event.act === 'question.asked' && (data.from || data.until)) {
    told.push(t.audit.period(day(data.from, format), day(data.until, format)));
  }
  if (Array.isArray(data.passages)) {
    const passages = data.passages as { document?: string }[];
    const documents = new Set(passages.map(({ document }) => document)).size;
    told.push(t.audit.passages(passages.length, documents));
  }
  told.push(...subjects(event, t, format), ...objects(event.record, t, format));
  if (typeof data.withheld === 'number' && data.withheld > 0) {
    told.push(t.audit.withheld(data.withheld));
  }
  const model = data.model as { name?: unknown } | null | undefined;
  if (typeof model?.name === 'string' && data.form !== 'quotation')
    told.push(t.audit.byModel(model.name));
  if (typeof data.elapsedMillis === 'number') {
    told.push(t.audit.took(format.seconds(data.elapsedMillis)));
  }
  if (writer) told.push(t.desk.ranIn(writer.id));
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
      .map(([field, inner]) => `${field} ${shown(inner)}`)
      .join(', ');
  }
  return value === null || value === undefined ? '—' : String(value);
}
