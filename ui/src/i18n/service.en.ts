import type { Values } from './service';

const outOfStep = 'This page and the service do not fit together. Reload the page, then try again.';

/** What the service says in English, by its codes. */
export const service = {
  problems: {
    invalid_request: ({ detail }: Values) => `The service does not take this as it is: ${detail}`,
    not_signed_in: 'You are not signed in any more. Sign in again to go on.',
    sign_in_failed: 'The user name or the password is not right.',
    wrong_password: 'The current password is not right.',
    not_allowed: 'Your account may not do this. If you need it, ask your administrator.',
    local_only: 'This is done on the machine itself, with “./docent”.',
    forged_request: outOfStep,
    password_change_required: 'Choose a password of your own first.',
    not_found: 'It is not there any more, or you may not see it.',
    method_not_allowed: outOfStep,
    not_acceptable: outOfStep,
    conflict: ({ detail }: Values) => `This does not go with what is there: ${detail}`,
    too_large: 'The file is too large. Split it, or ask your administrator to raise the limit.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }: Values) =>
      wait
        ? `Too many attempts with this name. Wait ${wait}, then try again.`
        : 'Too many attempts with this name. Wait a little, then try again.',
    internal_error:
      'Something went wrong in the service. Try again; if it stays so, tell your administrator.',
    storage_full: 'The service’s disk is full. Ask your administrator to make room.',
    audit_unavailable:
      'The audit record cannot be written, so nothing is done for now. Try again in a moment; if it stays so, tell your administrator.',
    storage_unavailable:
      'The service does not reach its database. Try again in a moment; if it stays so, tell your administrator.',
  },
  documents: {
    EMPTY: {
      reason: 'The file is empty.',
      whatToDo: 'Check that it was saved or copied completely.',
    },
    ENCRYPTED: {
      reason: 'The document is protected by a password.',
      whatToDo: 'Save a copy without the password and add that copy.',
    },
    CORRUPTED: {
      reason: 'The file is damaged, or is not what its name says.',
      whatToDo: 'Open it in the program that made it, save it again and add the new copy.',
    },
    TOO_LARGE: {
      reason: 'The document is larger than the limit.',
      whatToDo: 'Split it, or ask your administrator to raise the limit.',
    },
    EXPANDS_TOO_MUCH: {
      reason: 'The file unpacks to far more than its size, as an archive bomb does.',
      whatToDo: 'If you trust it, unpack it yourself and add its parts.',
    },
    TOO_DEEP: {
      reason: 'Files are nested inside one another too deeply.',
      whatToDo: 'Unpack the file and add its parts.',
    },
    TIMED_OUT: {
      reason: 'Reading the document took longer than the limit.',
      whatToDo: 'Split it, or save it again in a simpler form, for example as PDF.',
    },
    OUT_OF_MEMORY: {
      reason: 'Reading the document needed more memory than the limit.',
      whatToDo: 'Split it, or ask your administrator to raise the limit.',
    },
    CRASHED: {
      reason: 'The document brought the reader down.',
      whatToDo: 'Open it in the program that made it, save it again and add the new copy.',
    },
    UNSUPPORTED_TYPE: {
      reason: 'This kind of file cannot be read.',
      whatToDo: 'Save it as PDF, Office, OpenDocument, HTML, Markdown or plain text.',
    },
    NO_TEXT: {
      reason: 'The file holds no text.',
      whatToDo: 'If it is a scan or a picture, scan it again with more contrast or resolution.',
    },
    NEEDS_TEXT_RECOGNITION: {
      reason: 'The file is a scan or a picture, and text recognition is not installed here.',
      whatToDo:
        'Ask your administrator to install Tesseract (Debian, Ubuntu: apt install tesseract-ocr), then have the file read again.',
    },
    UNREADABLE: {
      reason: 'The file could not be opened.',
      whatToDo: 'Check that it exists and may be read.',
    },
    DISK_FULL: {
      reason: 'The disk of the data folder is full.',
      whatToDo:
        'Make room there and have the document read again; nothing that was read before is lost.',
    },
    MISSING: {
      reason: 'The document’s bytes are not in the store any more.',
      whatToDo: 'Add the document again, or have its folder read again.',
    },
    INTERNAL_ERROR: {
      reason: 'The service could not read the document.',
      whatToDo: 'It is tried again when the service starts; the service’s log says more.',
    },
  },
  groups: { everyone: 'everyone' },
  notes: {
    no_model: 'No language model is installed, so the answer is quoted from your documents.',
    model_loading:
      'The language model is still loading, so the answer is quoted from your documents.',
    model_busy: 'The language model is busy, so the answer is quoted from your documents.',
    model_failed:
      'The language model could not write an answer, so it is quoted from your documents.',
    not_stated_by_model:
      'The language model found no answer in these passages; they are what comes nearest to your question.',
    nothing_supported:
      'What the language model wrote is not supported by your documents, so the answer is quoted from them.',
  },
};
