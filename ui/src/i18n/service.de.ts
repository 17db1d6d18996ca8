import { counter } from './counter';
import type { Messages } from './en';

const n = counter('de');
const format = (value: number) => new Intl.NumberFormat('de').format(value);

const outOfStep =
  'Diese Seite und der Dienst passen nicht zusammen. Laden Sie die Seite neu und versuchen Sie es noch einmal.';

export const service: Messages['service'] = {
  problems: {
    invalid_request: ({ detail }) => `So nimmt der Dienst das nicht an: ${detail}`,
    not_signed_in: 'Sie sind nicht mehr angemeldet. Melden Sie sich wieder an, um weiterzumachen.',
    sign_in_failed: 'Der Benutzername oder das Passwort stimmt nicht.',
    wrong_password: 'Das bisherige Passwort stimmt nicht.',
    not_allowed: 'Ihr Konto darf das nicht. Wenn Sie es brauchen, fragen Sie Ihre Administration.',
    local_only: 'Das geht nur auf dem Rechner selbst, mit „./docent“.',
    forged_request: outOfStep,
    password_change_required: 'Wählen Sie zuerst ein eigenes Passwort.',
    not_found: 'Es ist nicht mehr da, oder Sie dürfen es nicht sehen.',
    method_not_allowed: outOfStep,
    not_acceptable: outOfStep,
    conflict: ({ detail }) => `Das verträgt sich nicht mit dem, was da ist: ${detail}`,
    too_large: ({ size }) =>
      size
        ? `Die Datei ist größer als die Grenze von ${size}. Teilen Sie sie auf, oder bitten Sie Ihre Administration um eine höhere Grenze.`
        : 'Die Datei ist zu groß. Teilen Sie sie auf, oder bitten Sie Ihre Administration um eine höhere Grenze.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }) =>
      wait
        ? `Zu viele Versuche mit diesem Namen. Warten Sie ${wait} und versuchen Sie es noch einmal.`
        : 'Zu viele Versuche mit diesem Namen. Warten Sie etwas und versuchen Sie es noch einmal.',
    internal_error: ({ incident }) =>
      incident
        ? `Im Dienst ist etwas schiefgegangen. Versuchen Sie es noch einmal; wenn es dabei bleibt, nennen Sie Ihrer Administration diese Nummer: ${incident}`
        : 'Im Dienst ist etwas schiefgegangen. Versuchen Sie es noch einmal; wenn es dabei bleibt, sagen Sie Ihrer Administration Bescheid.',
    storage_full:
      'Der Speicher des Dienstes ist voll. Bitten Sie Ihre Administration, Platz zu schaffen.',
    audit_unavailable:
      'Das Protokoll kann nicht geschrieben werden, darum geschieht vorerst nichts. Versuchen Sie es gleich noch einmal; wenn es dabei bleibt, sagen Sie Ihrer Administration Bescheid.',
    storage_unavailable:
      'Der Dienst erreicht seine Datenbank nicht. Versuchen Sie es gleich noch einmal; wenn es dabei bleibt, sagen Sie Ihrer Administration Bescheid.',
  },
  reasons: {
    account_exists: 'Es gibt schon ein Konto mit diesem Namen. Wählen Sie einen anderen.',
    already_decided: 'Das ist schon entschieden. Laden Sie die Seite neu, um zu sehen, wie.',
    bad_path:
      'Der Name der Datei oder des Ordners enthält Zeichen, die nicht erlaubt sind. Benennen Sie sie um und fügen Sie sie noch einmal hinzu.',
    bad_username:
      'Ein Benutzername hat bis zu 64 Kleinbuchstaben von a bis z, Ziffern, Punkte, Bindestriche, Unterstriche oder @ und beginnt mit einem Buchstaben oder einer Ziffer.',
    bad_value: 'In einem Feld steht etwas, das dort nicht stehen kann. Prüfen Sie Ihre Eingabe.',
    collection_exists: 'Es gibt schon eine Sammlung mit diesem Namen. Wählen Sie einen anderen.',
    everyone_stays: 'Die Gruppe aller lässt sich nicht löschen.',
    group_exists: 'Es gibt schon eine Gruppe mit diesem Namen. Wählen Sie einen anderen.',
    group_in_use: ({ count }) =>
      n(
        count,
        'Ein Dokument oder eine Sammlung ist für diese Gruppe lesbar. Ändern Sie dort zuerst die Leserechte.',
        `${format(count)} Dokumente oder Sammlungen sind für diese Gruppe lesbar. Ändern Sie dort zuerst die Leserechte.`,
      ),
    held: 'Einträge dieses Monats stehen unter einer Löschsperre. Heben Sie sie zuerst auf.',
    last_administrator:
      'Das ist das letzte aktive Konto der Administration. Legen Sie zuerst ein weiteres an.',
    length: ({ min, max }) =>
      min > 0
        ? `Ein Feld darf ${format(min)} bis ${format(max)} Zeichen haben. Kürzen oder ergänzen Sie es.`
        : `Ein Feld darf höchstens ${format(max)} Zeichen haben. Kürzen Sie es.`,
    missing: 'Ein Feld, das nötig ist, ist leer. Füllen Sie es aus.',
    no_person:
      'Nur eine Person mit Konto darf das vorschlagen oder entscheiden. Melden Sie sich mit Ihrem an.',
    no_such_account: 'Das Konto dieser Person gibt es nicht mehr.',
    no_such_collection: 'Diese Sammlung gibt es nicht mehr, oder Sie dürfen sie nicht sehen.',
    no_such_conversation:
      'Dieses Gespräch gibt es nicht mehr. Vielleicht wurde es in einem anderen Fenster gelöscht.',
    no_such_document: 'Dieses Dokument gibt es nicht mehr, oder Sie dürfen es nicht lesen.',
    no_such_group: 'Diese Gruppe gibt es nicht mehr.',
    no_such_record: 'Das Protokoll hat keinen Eintrag dieser Nummer.',
    no_such_upload:
      'Der Dienst hat den Anfang dieser Datei nicht mehr. Fügen Sie die Datei noch einmal hinzu.',
    not_a_contributor:
      'Keine Ihrer Gruppen darf zu dieser Sammlung etwas hinzufügen. Wählen Sie eine andere, oder fragen Sie Ihre Administration.',
    not_witnessed:
      'Noch kein Zeuge hat die Einträge dieses Monats gezeichnet. Versuchen Sie es wieder, wenn das geschehen ist.',
    nothing_there: 'Das Protokoll hat keine Inhalte dieses Monats.',
    password_too_plain:
      'Dieses Passwort ist zu einfach. Nehmen Sie mindestens 5 verschiedene Zeichen; am besten einen Satz.',
    path_of_folder:
      'An dieser Stelle hat die Sammlung ein Dokument aus einem Ordner des Servers. Benennen Sie Ihre Datei um, oder ändern Sie es dort.',
    path_taken:
      'Die Sammlung hat in diesem Ordner schon ein anderes Dokument mit diesem Namen. Benennen Sie Ihre Datei um und fügen Sie sie noch einmal hinzu.',
    period_reversed: 'Der letzte Tag liegt vor dem ersten. Vertauschen Sie die beiden.',
    same_person: 'Zustimmen muss eine andere Person als die, die es vorgeschlagen hat.',
    service_stopped:
      'Der Dienst wurde inzwischen angehalten. Fragen Sie noch einmal, wenn er läuft.',
    too_many_uploads: ({ count }) =>
      n(
        count,
        'Eine Übertragung ist nicht abgeschlossen. Setzen Sie sie fort, oder verwerfen Sie sie zuerst.',
        `${format(count)} Übertragungen sind nicht abgeschlossen. Setzen Sie zuerst einige fort, oder verwerfen Sie sie.`,
      ),
    too_young:
      'Die Einträge dieses Monats sind zu jung: Sie bleiben, solange die Regeln es verlangen. Wählen Sie einen älteren Monat.',
    unknown_group: ({ name }) =>
      `Die Gruppe „${name}“ gibt es nicht mehr. Laden Sie die Seite neu und wählen Sie noch einmal.`,
    unknown_person:
      'Das Protokoll kennt niemanden mit diesem Namen oder dieser Nummer. Prüfen Sie die Schreibweise.',
  },
  documents: {
    EMPTY: {
      reason: 'Die Datei ist leer.',
      whatToDo: 'Prüfen Sie, ob sie vollständig gespeichert oder kopiert wurde.',
    },
    ENCRYPTED: {
      reason: 'Das Dokument ist mit einem Passwort geschützt.',
      whatToDo: 'Speichern Sie eine Kopie ohne Passwort und fügen Sie diese hinzu.',
    },
    CORRUPTED: {
      reason: 'Die Datei ist beschädigt oder nicht das, was ihr Name sagt.',
      whatToDo:
        'Öffnen Sie sie mit dem Programm, das sie erstellt hat, speichern Sie sie neu und fügen Sie die neue Kopie hinzu.',
    },
    TOO_LARGE: {
      reason: 'Das Dokument ist größer als erlaubt.',
      whatToDo: 'Teilen Sie es auf, oder bitten Sie Ihre Administration um eine höhere Grenze.',
    },
    EXPANDS_TOO_MUCH: {
      reason: 'Die Datei wird beim Entpacken viel zu groß, wie es eine Archivbombe tut.',
      whatToDo:
        'Wenn Sie der Datei vertrauen, entpacken Sie sie selbst und fügen Sie die Teile hinzu.',
    },
    TOO_DEEP: {
      reason: 'In der Datei stecken zu viele Dateien ineinander.',
      whatToDo: 'Entpacken Sie die Datei und fügen Sie die Teile hinzu.',
    },
    TIMED_OUT: {
      reason: 'Das Lesen des Dokuments hat zu lange gedauert.',
      whatToDo: 'Teilen Sie es auf, oder speichern Sie es in einfacherer Form, etwa als PDF.',
    },
    OUT_OF_MEMORY: {
      reason: 'Das Lesen des Dokuments brauchte mehr Arbeitsspeicher als erlaubt.',
      whatToDo: 'Teilen Sie es auf, oder bitten Sie Ihre Administration um eine höhere Grenze.',
    },
    CRASHED: {
      reason: 'Das Leseprogramm ist an diesem Dokument gescheitert.',
      whatToDo:
        'Öffnen Sie es mit dem Programm, das es erstellt hat, speichern Sie es neu und fügen Sie die neue Kopie hinzu.',
    },
    UNSUPPORTED_TYPE: {
      reason: 'Diese Art von Datei kann nicht gelesen werden.',
      whatToDo: 'Speichern Sie sie als PDF, Office, OpenDocument, HTML, Markdown oder reinen Text.',
    },
    NO_TEXT: {
      reason: 'Die Datei enthält keinen Text.',
      whatToDo:
        'Wenn es ein Scan oder ein Bild ist, scannen Sie es mit mehr Kontrast oder höherer Auflösung.',
    },
    NEEDS_TEXT_RECOGNITION: {
      reason: 'Die Datei ist ein Scan oder ein Bild, und hier ist keine Texterkennung installiert.',
      whatToDo:
        'Bitten Sie Ihre Administration, Tesseract zu installieren (Debian, Ubuntu: apt install tesseract-ocr), und lassen Sie die Datei dann neu lesen.',
    },
    UNREADABLE: {
      reason: 'Die Datei ließ sich nicht öffnen.',
      whatToDo: 'Prüfen Sie, ob es sie gibt und ob sie gelesen werden darf.',
    },
    DISK_FULL: {
      reason: 'Der Datenträger mit dem Datenordner ist voll.',
      whatToDo:
        'Schaffen Sie dort Platz und lassen Sie das Dokument neu lesen; was schon gelesen war, ist nicht verloren.',
    },
    MISSING: {
      reason: 'Die Daten des Dokuments liegen nicht mehr im Speicher.',
      whatToDo:
        'Fügen Sie das Dokument noch einmal hinzu, oder lassen Sie seinen Ordner neu lesen.',
    },
    INTERNAL_ERROR: {
      reason: 'Der Dienst konnte das Dokument nicht lesen.',
      whatToDo:
        'Beim nächsten Start des Dienstes wird es wieder versucht; mehr steht in den Meldungen des Dienstes.',
    },
  },
  groups: { everyone: 'Alle' },
  notes: {
    no_model:
      'Es ist kein Sprachmodell installiert, darum wird die Antwort aus Ihren Dokumenten zitiert.',
    model_loading:
      'Das Sprachmodell wird noch geladen, darum wird die Antwort aus Ihren Dokumenten zitiert.',
    model_busy:
      'Das Sprachmodell ist gerade beschäftigt, darum wird die Antwort aus Ihren Dokumenten zitiert.',
    model_failed:
      'Das Sprachmodell konnte keine Antwort schreiben, darum wird sie aus Ihren Dokumenten zitiert.',
    not_stated_by_model:
      'Das Sprachmodell hat in diesen Stellen keine Antwort gefunden; sie kommen Ihrer Frage am nächsten.',
    nothing_supported:
      'Was das Sprachmodell geschrieben hat, belegen Ihre Dokumente nicht, darum wird die Antwort aus ihnen zitiert.',
    beside_the_question:
      'Was das Sprachmodell geschrieben hat, steht in Ihren Dokumenten, kommt Ihrer Frage aber nicht am nächsten, darum wird die Antwort aus ihnen zitiert.',
    withdrawn: 'Teile dieser Antwort stützten sich auf Dokumente, die Sie nicht mehr lesen können.',
  },
};
