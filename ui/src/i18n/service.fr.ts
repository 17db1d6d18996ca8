import type { Messages } from './en';

const outOfStep =
  'Cette page et le service ne s’accordent plus. Rechargez la page, puis réessayez.';

export const service: Messages['service'] = {
  problems: {
    invalid_request: ({ detail }) => `Le service ne l’accepte pas ainsi : ${detail}`,
    not_signed_in: 'Vous n’êtes plus connecté. Reconnectez-vous pour continuer.',
    sign_in_failed: 'Le nom d’utilisateur ou le mot de passe est incorrect.',
    wrong_password: 'Le mot de passe actuel est incorrect.',
    not_allowed:
      'Votre compte ne permet pas cela. Si vous en avez besoin, demandez à votre administration.',
    local_only: 'Cela se fait sur la machine elle-même, avec « ./docent ».',
    forged_request: outOfStep,
    password_change_required: 'Choisissez d’abord votre propre mot de passe.',
    not_found: 'Cela n’est plus là, ou vous ne pouvez pas le voir.',
    method_not_allowed: outOfStep,
    not_acceptable: outOfStep,
    conflict: ({ detail }) => `Cela ne s’accorde pas avec ce qui existe : ${detail}`,
    too_large:
      'Le fichier est trop grand. Divisez-le, ou demandez à votre administration de relever la limite.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }) =>
      wait
        ? `Trop de tentatives avec ce nom. Patientez ${wait}, puis réessayez.`
        : 'Trop de tentatives avec ce nom. Patientez un peu, puis réessayez.',
    internal_error:
      'Un incident s’est produit dans le service. Réessayez ; si cela persiste, prévenez votre administration.',
    storage_full:
      'Le disque du service est plein. Demandez à votre administration de faire de la place.',
    audit_unavailable:
      'Le journal ne peut pas être écrit, donc rien ne se fait pour l’instant. Réessayez dans un instant ; si cela persiste, prévenez votre administration.',
    storage_unavailable:
      'Le service n’atteint pas sa base de données. Réessayez dans un instant ; si cela persiste, prévenez votre administration.',
  },
  documents: {
    EMPTY: {
      reason: 'Le fichier est vide.',
      whatToDo: 'Vérifiez qu’il a été enregistré ou copié en entier.',
    },
    ENCRYPTED: {
      reason: 'Le document est protégé par un mot de passe.',
      whatToDo: 'Enregistrez-en une copie sans mot de passe et ajoutez-la.',
    },
    CORRUPTED: {
      reason: 'Le fichier est abîmé, ou n’est pas ce que dit son nom.',
      whatToDo:
        'Ouvrez-le avec le programme qui l’a créé, enregistrez-le de nouveau et ajoutez cette copie.',
    },
    TOO_LARGE: {
      reason: 'Le document dépasse la taille permise.',
      whatToDo: 'Divisez-le, ou demandez à votre administration de relever la limite.',
    },
    EXPANDS_TOO_MUCH: {
      reason:
        'Une fois décompressé, le fichier devient démesuré, comme une bombe de décompression.',
      whatToDo: 'Si vous lui faites confiance, décompressez-le vous-même et ajoutez ses parties.',
    },
    TOO_DEEP: {
      reason: 'Trop de fichiers sont imbriqués les uns dans les autres.',
      whatToDo: 'Décompressez le fichier et ajoutez ses parties.',
    },
    TIMED_OUT: {
      reason: 'La lecture du document a pris trop de temps.',
      whatToDo: 'Divisez-le, ou enregistrez-le sous une forme plus simple, par exemple en PDF.',
    },
    OUT_OF_MEMORY: {
      reason: 'La lecture du document demandait plus de mémoire que permis.',
      whatToDo: 'Divisez-le, ou demandez à votre administration de relever la limite.',
    },
    CRASHED: {
      reason: 'Le lecteur s’est arrêté net sur ce document.',
      whatToDo:
        'Ouvrez-le avec le programme qui l’a créé, enregistrez-le de nouveau et ajoutez cette copie.',
    },
    UNSUPPORTED_TYPE: {
      reason: 'Ce type de fichier ne peut pas être lu.',
      whatToDo: 'Enregistrez-le en PDF, Office, OpenDocument, HTML, Markdown ou texte brut.',
    },
    NO_TEXT: {
      reason: 'Le fichier ne contient aucun texte.',
      whatToDo:
        'Si c’est un scan ou une image, numérisez-le de nouveau avec plus de contraste ou de résolution.',
    },
    NEEDS_TEXT_RECOGNITION: {
      reason:
        'Le fichier est un scan ou une image, et la reconnaissance de texte n’est pas installée ici.',
      whatToDo:
        'Demandez à votre administration d’installer Tesseract (Debian, Ubuntu : apt install tesseract-ocr), puis faites relire le fichier.',
    },
    UNREADABLE: {
      reason: 'Le fichier n’a pas pu être ouvert.',
      whatToDo: 'Vérifiez qu’il existe et qu’il peut être lu.',
    },
    DISK_FULL: {
      reason: 'Le disque du dossier de données est plein.',
      whatToDo:
        'Faites-y de la place et faites relire le document ; rien de ce qui était lu n’est perdu.',
    },
    MISSING: {
      reason: 'Les données du document ne sont plus dans la réserve.',
      whatToDo: 'Ajoutez de nouveau le document, ou faites relire son dossier.',
    },
    INTERNAL_ERROR: {
      reason: 'Le service n’a pas pu lire le document.',
      whatToDo: 'Il réessaiera à son prochain démarrage ; les messages du service en disent plus.',
    },
  },
  groups: { everyone: 'Tous' },
  notes: {
    no_model:
      'Aucun modèle de langage n’est installé : la réponse est donc citée de vos documents.',
    model_loading:
      'Le modèle de langage est encore en chargement : la réponse est donc citée de vos documents.',
    model_busy: 'Le modèle de langage est occupé : la réponse est donc citée de vos documents.',
    model_failed:
      'Le modèle de langage n’a pas pu écrire de réponse : elle est donc citée de vos documents.',
    not_stated_by_model:
      'Le modèle de langage n’a pas trouvé la réponse dans ces passages ; ce sont les plus proches de votre question.',
    nothing_supported:
      'Vos documents n’appuient pas ce que le modèle de langage a écrit : la réponse en est donc citée.',
  },
};
