import { counter } from './counter';
import type { Values } from './service';

const n = counter('en');
const format = (value: number) => new Intl.NumberFormat('en').format(value);

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
    too_large: ({ size }: Values) =>
      size
        ? `The file is larger than ${size}, the limit. Split it, or ask your administrator to raise the limit.`
        : 'The file is too large. Split it, or ask your administrator to raise the limit.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }: Values) =>
      wait
        ? `Too many attempts with this name. Wait ${wait}, then try again.`
        : 'Too many attempts with this name. Wait a little, then try again.',
    internal_error: ({ incident }: Values) =>
      incident
        ? `Something went wrong in the service. Try again; if it stays so, tell your administrator this number: ${incident}`
        : 'Something went wrong in the service. Try again; if it stays so, tell your administrator.',
    storage_full: 'The service’s disk is full. Ask your administrator to make room.',
    audit_unavailable:
      'The audit record cannot be written, so nothing is done for now. Try again in a moment; if it stays so, tell your administrator.',
    storage_unavailable:
      'The service does not reach its database. Try again in a moment; if it stays so, tell your administrator.',
  },
  reasons: {
    account_exists: 'There is an account of this name already. Choose another name.',
    already_decided: 'This was decided before. Reload the page to see how.',
    bad_path:
      'The name of the file or folder holds characters that are not allowed. Rename it, then add it again.',
    bad_username:
      'A user name has up to 64 letters a to z, digits, dots, hyphens, underscores or @, and begins with a letter or digit.',
    bad_value: 'A field holds something that it cannot. Check what you entered.',
    collection_exists: 'There is a collection of this name already. Choose another name.',
    everyone_stays: 'The group of everyone cannot be deleted.',
    group_exists: 'There is a group of this name already. Choose another name.',
    group_in_use: ({ count }: Values) =>
      n(
        count,
        '1 document or collection is open to this group. Change who may read it first.',
        `${format(count)} documents or collections are open to this group. Change who may read them first.`,
      ),
    held: 'Records of this month are under a legal hold. Release it first.',
    last_administrator: 'This is the last active administrator. Make another one first.',
    length: ({ min, max }: Values) =>
      min > 0
        ? `A field may have ${format(min)} to ${format(max)} characters. Shorten or complete it.`
        : `A field may have at most ${format(max)} characters. Shorten it.`,
    missing: 'A field is empty that is needed. Fill it in.',
    no_person: 'Only a person with an account may propose or decide this. Sign in with yours.',
    no_such_account: 'This person’s account is not there any more.',
    no_such_collection: 'This collection is not there any more, or you may not see it.',
    no_such_conversation:
      'This conversation is not there any more. It may have been deleted in another window.',
    no_such_document: 'This document is not there any more, or you may not read it.',
    no_such_group: 'This group is not there any more.',
    no_such_record: 'The log has no record of this number.',
    no_such_upload:
      'The service does not have the beginning of this file any more. Add the file again.',
    not_a_contributor:
      'None of your groups may add to this collection. Choose another one, or ask your administrator.',
    not_witnessed: 'No witness has signed the records of this month yet. Try again when one has.',
    nothing_there: 'The log holds no contents of this month.',
    password_too_plain:
      'This password is too simple. Use at least 5 different characters; a sentence is best.',
    path_of_folder:
      'The collection has a document at this place that comes from a folder on the server. Rename your file, or change it there.',
    path_taken:
      'The collection has another document of this name in this folder. Rename your file, then add it again.',
    period_reversed: 'The last day is before the first. Swap them.',
    same_person: 'Another person than the one who proposed it must approve.',
    service_stopped: 'The service was stopped meanwhile. Ask again when it runs.',
    too_many_uploads: ({ count }: Values) =>
      n(
        count,
        '1 upload is not finished. Go on with it or discard it first.',
        `${format(count)} uploads are not finished. Go on with some or discard them first.`,
      ),
    too_young:
      'The records of this month are too young: they are kept for as long as the policy says. Choose an older month.',
    unknown_group: ({ name }: Values) =>
      `There is no group “${name}” any more. Reload the page and choose again.`,
    unknown_person: 'The log knows nobody of this name or number. Check how it is written.',
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
    beside_the_question:
      'What the language model wrote stands in your documents, but is not what comes nearest to your question, so the answer is quoted from them.',
    withdrawn: 'Parts of this answer rested on documents that you can no longer read.',
  },
};
