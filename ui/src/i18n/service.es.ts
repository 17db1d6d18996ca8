import { counter } from './counter';
import type { Messages } from './en';

const n = counter('es');
const format = (value: number) => new Intl.NumberFormat('es').format(value);

const outOfStep = 'Esta página y el servicio no encajan. Recargue la página y vuelva a intentarlo.';

export const service: Messages['service'] = {
  problems: {
    invalid_request: ({ detail }) => `El servicio no lo acepta así: ${detail}`,
    not_signed_in: 'Su sesión ha terminado. Inicie sesión de nuevo para continuar.',
    sign_in_failed: 'El usuario o la contraseña no son correctos.',
    wrong_password: 'La contraseña actual no es correcta.',
    not_allowed: 'Su cuenta no puede hacer esto. Si lo necesita, pregunte a su administración.',
    local_only: 'Esto se hace en el propio equipo, con «./docent».',
    forged_request: outOfStep,
    password_change_required: 'Elija primero una contraseña propia.',
    not_found: 'Ya no está o no puede verlo.',
    method_not_allowed: outOfStep,
    not_acceptable: outOfStep,
    conflict: ({ detail }) => `No concuerda con lo que ya hay: ${detail}`,
    too_large: ({ size }) =>
      size
        ? `El archivo supera el límite de ${size}. Divídalo o pida a su administración que suba el límite.`
        : 'El archivo es demasiado grande. Divídalo o pida a su administración que suba el límite.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }) =>
      wait
        ? `Demasiados intentos con este usuario. Espere ${wait} y vuelva a intentarlo.`
        : 'Demasiados intentos con este usuario. Espere un poco y vuelva a intentarlo.',
    internal_error: ({ incident }) =>
      incident
        ? `Algo ha fallado en el servicio. Vuelva a intentarlo; si sigue así, dé a su administración este número: ${incident}`
        : 'Algo ha fallado en el servicio. Vuelva a intentarlo; si sigue así, avise a su administración.',
    storage_full: 'El disco del servicio está lleno. Pida a su administración que libere espacio.',
    audit_unavailable:
      'No se puede escribir el registro, así que por ahora no se hace nada. Vuelva a intentarlo enseguida; si sigue así, avise a su administración.',
    storage_unavailable:
      'El servicio no llega a su base de datos. Vuelva a intentarlo enseguida; si sigue así, avise a su administración.',
  },
  reasons: {
    account_exists: 'Ya hay una cuenta con este nombre. Elija otro.',
    already_decided: 'Esto ya se decidió. Recargue la página para ver cómo.',
    bad_path:
      'El nombre del archivo o de la carpeta contiene caracteres no permitidos. Cámbielo y añádalo de nuevo.',
    bad_username:
      'Un usuario tiene hasta 64 letras minúsculas de la a a la z, cifras, puntos, guiones, guiones bajos o @, y empieza por una letra o una cifra.',
    bad_value: 'Un campo contiene algo que no puede contener. Revise lo que ha escrito.',
    collection_exists: 'Ya hay una colección con este nombre. Elija otro.',
    everyone_stays: 'El grupo de todas las personas no se puede eliminar.',
    group_exists: 'Ya hay un grupo con este nombre. Elija otro.',
    group_in_use: ({ count }) =>
      n(
        count,
        'Este grupo puede leer un documento o una colección. Cambie antes quién puede leerlo.',
        `Este grupo puede leer ${format(count)} documentos o colecciones. Cambie antes quién puede leerlos.`,
      ),
    held: 'Hay asientos de este mes bajo una retención legal. Levántela antes.',
    last_administrator: 'Es la última cuenta de administración activa. Cree otra antes.',
    length: ({ min, max }) =>
      min > 0
        ? `Un campo puede tener de ${format(min)} a ${format(max)} caracteres. Acórtelo o complételo.`
        : `Un campo puede tener como máximo ${format(max)} caracteres. Acórtelo.`,
    missing: 'Falta rellenar un campo necesario. Rellénelo.',
    no_person:
      'Solo una persona con cuenta puede proponer o decidir esto. Inicie sesión con la suya.',
    no_such_account: 'La cuenta de esta persona ya no existe.',
    no_such_collection: 'Esta colección ya no existe, o usted no puede verla.',
    no_such_conversation: 'Esta conversación ya no existe. Quizá se eliminó en otra ventana.',
    no_such_document: 'Este documento ya no existe, o usted no puede leerlo.',
    no_such_group: 'Este grupo ya no existe.',
    no_such_record: 'El registro no tiene ningún asiento con este número.',
    no_such_upload:
      'El servicio ya no tiene el comienzo de este archivo. Añada el archivo de nuevo.',
    not_a_contributor:
      'Ninguno de sus grupos puede añadir a esta colección. Elija otra o pregunte a su administración.',
    not_witnessed:
      'Ningún testigo ha firmado todavía los asientos de este mes. Vuelva a intentarlo cuando lo haya hecho.',
    nothing_there: 'El registro no tiene contenidos de este mes.',
    password_too_plain:
      'Esta contraseña es demasiado sencilla. Use al menos 5 caracteres distintos; lo mejor es una frase.',
    path_of_folder:
      'En este lugar la colección tiene un documento de una carpeta del servidor. Cambie el nombre de su archivo o modifíquelo allí.',
    path_taken:
      'La colección ya tiene otro documento con este nombre en esta carpeta. Cambie el nombre de su archivo y añádalo de nuevo.',
    period_reversed: 'El último día es anterior al primero. Intercámbielos.',
    same_person: 'Debe aprobarlo otra persona que no sea quien lo propuso.',
    service_stopped: 'El servicio se detuvo entretanto. Pregunte de nuevo cuando funcione.',
    too_many_uploads: ({ count }) =>
      n(
        count,
        'Hay un envío sin terminar. Continúelo o descártelo antes.',
        `Hay ${format(count)} envíos sin terminar. Continúe algunos o descártelos antes.`,
      ),
    too_young:
      'Los asientos de este mes son demasiado recientes: se conservan el tiempo que mandan las reglas. Elija un mes más antiguo.',
    unknown_group: ({ name }) =>
      `El grupo «${name}» ya no existe. Recargue la página y elija de nuevo.`,
    unknown_person:
      'El registro no conoce a nadie con este nombre o número. Compruebe cómo está escrito.',
  },
  documents: {
    EMPTY: {
      reason: 'El archivo está vacío.',
      whatToDo: 'Compruebe que se guardó o copió por completo.',
    },
    ENCRYPTED: {
      reason: 'El documento está protegido con contraseña.',
      whatToDo: 'Guarde una copia sin contraseña y añada esa copia.',
    },
    CORRUPTED: {
      reason: 'El archivo está dañado o no es lo que dice su nombre.',
      whatToDo: 'Ábralo con el programa que lo creó, guárdelo de nuevo y añada la copia nueva.',
    },
    TOO_LARGE: {
      reason: 'El documento supera el tamaño permitido.',
      whatToDo: 'Divídalo o pida a su administración que suba el límite.',
    },
    EXPANDS_TOO_MUCH: {
      reason: 'Al descomprimirlo, el archivo crece desmesuradamente, como una bomba de compresión.',
      whatToDo: 'Si confía en él, descomprímalo usted y añada sus partes.',
    },
    TOO_DEEP: {
      reason: 'Hay demasiados archivos unos dentro de otros.',
      whatToDo: 'Descomprima el archivo y añada sus partes.',
    },
    TIMED_OUT: {
      reason: 'Leer el documento llevó demasiado tiempo.',
      whatToDo: 'Divídalo o guárdelo en una forma más sencilla, por ejemplo como PDF.',
    },
    OUT_OF_MEMORY: {
      reason: 'Leer el documento requería más memoria de la permitida.',
      whatToDo: 'Divídalo o pida a su administración que suba el límite.',
    },
    CRASHED: {
      reason: 'El lector se cerró al leer este documento.',
      whatToDo: 'Ábralo con el programa que lo creó, guárdelo de nuevo y añada la copia nueva.',
    },
    UNSUPPORTED_TYPE: {
      reason: 'Este tipo de archivo no se puede leer.',
      whatToDo: 'Guárdelo como PDF, Office, OpenDocument, HTML, Markdown o texto sin formato.',
    },
    NO_TEXT: {
      reason: 'El archivo no contiene texto.',
      whatToDo: 'Si es una imagen o un escaneo, escanéelo de nuevo con más contraste o resolución.',
    },
    NEEDS_TEXT_RECOGNITION: {
      reason:
        'El archivo es una imagen o un escaneo, y aquí no está instalado el reconocimiento de texto.',
      whatToDo:
        'Pida a su administración que instale Tesseract (Debian, Ubuntu: apt install tesseract-ocr) y haga leer el archivo de nuevo.',
    },
    UNREADABLE: {
      reason: 'No se pudo abrir el archivo.',
      whatToDo: 'Compruebe que existe y que se puede leer.',
    },
    DISK_FULL: {
      reason: 'El disco de la carpeta de datos está lleno.',
      whatToDo:
        'Libere espacio en él y haga leer el documento de nuevo; lo leído antes no se pierde.',
    },
    MISSING: {
      reason: 'Los datos del documento ya no están en el almacén.',
      whatToDo: 'Añada el documento de nuevo o haga leer otra vez su carpeta.',
    },
    INTERNAL_ERROR: {
      reason: 'El servicio no pudo leer el documento.',
      whatToDo: 'Lo intentará de nuevo cuando se inicie; los mensajes del servicio dicen más.',
    },
  },
  groups: { everyone: 'Todos' },
  notes: {
    no_model:
      'No hay ningún modelo de lenguaje instalado, así que la respuesta se cita de sus documentos.',
    model_loading:
      'El modelo de lenguaje aún se está cargando, así que la respuesta se cita de sus documentos.',
    model_busy:
      'El modelo de lenguaje está ocupado, así que la respuesta se cita de sus documentos.',
    model_failed:
      'El modelo de lenguaje no pudo escribir una respuesta, así que se cita de sus documentos.',
    not_stated_by_model:
      'El modelo de lenguaje no encontró la respuesta en estos pasajes; son los más cercanos a su pregunta.',
    nothing_supported:
      'Sus documentos no respaldan lo que escribió el modelo de lenguaje, así que la respuesta se cita de ellos.',
    beside_the_question:
      'Lo que escribió el modelo de lenguaje está en sus documentos, pero no es lo que más se acerca a su pregunta, así que la respuesta se cita de ellos.',
    withdrawn: 'Partes de esta respuesta se basaban en documentos que usted ya no puede leer.',
  },
};
