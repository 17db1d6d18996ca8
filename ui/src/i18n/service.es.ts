import type { Messages } from './en';

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
    too_large:
      'El archivo es demasiado grande. Divídalo o pida a su administración que suba el límite.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }) =>
      wait
        ? `Demasiados intentos con este usuario. Espere ${wait} y vuelva a intentarlo.`
        : 'Demasiados intentos con este usuario. Espere un poco y vuelva a intentarlo.',
    internal_error:
      'Algo ha fallado en el servicio. Vuelva a intentarlo; si sigue así, avise a su administración.',
    storage_full: 'El disco del servicio está lleno. Pida a su administración que libere espacio.',
    audit_unavailable:
      'No se puede escribir el registro, así que por ahora no se hace nada. Vuelva a intentarlo enseguida; si sigue así, avise a su administración.',
    storage_unavailable:
      'El servicio no llega a su base de datos. Vuelva a intentarlo enseguida; si sigue así, avise a su administración.',
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
  },
};
