import { counter } from './counter';
import type { Messages } from './en';

const n = counter('fr');
const format = (value: number) => new Intl.NumberFormat('fr').format(value);

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
    too_large: ({ size }) =>
      size
        ? `Le fichier dépasse la limite de ${size}. Divisez-le, ou demandez à votre administration de relever la limite.`
        : 'Le fichier est trop grand. Divisez-le, ou demandez à votre administration de relever la limite.',
    unsupported_media_type: outOfStep,
    range_not_satisfiable: outOfStep,
    too_many_attempts: ({ wait }) =>
      wait
        ? `Trop de tentatives avec ce nom. Patientez ${wait}, puis réessayez.`
        : 'Trop de tentatives avec ce nom. Patientez un peu, puis réessayez.',
    internal_error: ({ incident }) =>
      incident
        ? `Un incident s’est produit dans le service. Réessayez ; si cela persiste, donnez ce numéro à votre administration : ${incident}`
        : 'Un incident s’est produit dans le service. Réessayez ; si cela persiste, prévenez votre administration.',
    storage_full:
      'Le disque du service est plein. Demandez à votre administration de faire de la place.',
    audit_unavailable:
      'Le journal ne peut pas être écrit, donc rien ne se fait pour l’instant. Réessayez dans un instant ; si cela persiste, prévenez votre administration.',
    storage_unavailable:
      'Le service n’atteint pas sa base de données. Réessayez dans un instant ; si cela persiste, prévenez votre administration.',
  },
  reasons: {
    account_exists: 'Un compte porte déjà ce nom. Choisissez-en un autre.',
    already_decided: 'Cela a déjà été décidé. Rechargez la page pour voir comment.',
    bad_path:
      'Le nom du fichier ou du dossier contient des caractères non permis. Renommez-le, puis ajoutez-le de nouveau.',
    bad_username:
      'Un nom d’utilisateur compte jusqu’à 64 lettres minuscules de a à z, chiffres, points, traits d’union, traits de soulignement ou @, et commence par une lettre ou un chiffre.',
    bad_value: 'Un champ contient ce qu’il ne peut pas contenir. Vérifiez votre saisie.',
    collection_exists: 'Une collection porte déjà ce nom. Choisissez-en un autre.',
    everyone_stays: 'Le groupe de toutes les personnes ne peut pas être supprimé.',
    group_exists: 'Un groupe porte déjà ce nom. Choisissez-en un autre.',
    group_in_use: ({ count }) =>
      n(
        count,
        'Ce groupe peut lire un document ou une collection. Changez d’abord qui peut le lire.',
        `Ce groupe peut lire ${format(count)} documents ou collections. Changez d’abord qui peut les lire.`,
      ),
    held: 'Des entrées de ce mois sont sous gel juridique. Levez-le d’abord.',
    last_administrator:
      'C’est le dernier compte d’administration actif. Créez-en d’abord un autre.',
    length: ({ min, max }) =>
      min > 0
        ? `Un champ peut avoir de ${format(min)} à ${format(max)} caractères. Raccourcissez-le ou complétez-le.`
        : `Un champ peut avoir au plus ${format(max)} caractères. Raccourcissez-le.`,
    missing: 'Un champ nécessaire est vide. Remplissez-le.',
    no_person:
      'Seule une personne ayant un compte peut proposer ou décider cela. Connectez-vous avec le vôtre.',
    no_such_account: 'Le compte de cette personne n’existe plus.',
    no_such_collection: 'Cette collection n’existe plus, ou vous ne pouvez pas la voir.',
    no_such_conversation:
      'Cette conversation n’existe plus. Elle a peut-être été supprimée dans une autre fenêtre.',
    no_such_document: 'Ce document n’existe plus, ou vous ne pouvez pas le lire.',
    no_such_group: 'Ce groupe n’existe plus.',
    no_such_record: 'Le journal n’a pas d’entrée de ce numéro.',
    no_such_upload: 'Le service n’a plus le début de ce fichier. Ajoutez de nouveau le fichier.',
    not_a_contributor:
      'Aucun de vos groupes ne peut ajouter à cette collection. Choisissez-en une autre, ou demandez à votre administration.',
    not_witnessed:
      'Aucun témoin n’a encore signé les entrées de ce mois. Réessayez quand ce sera fait.',
    nothing_there: 'Le journal n’a aucun contenu de ce mois.',
    password_too_plain:
      'Ce mot de passe est trop simple. Prenez au moins 5 caractères différents ; une phrase est idéale.',
    path_of_folder:
      'À cet endroit, la collection a un document venu d’un dossier du serveur. Renommez votre fichier, ou modifiez-le là-bas.',
    path_taken:
      'La collection a déjà un autre document de ce nom dans ce dossier. Renommez votre fichier, puis ajoutez-le de nouveau.',
    period_reversed: 'Le dernier jour précède le premier. Échangez-les.',
    same_person: 'Une autre personne que celle qui l’a proposé doit approuver.',
    service_stopped: 'Le service a été arrêté entre-temps. Redemandez quand il fonctionnera.',
    too_many_uploads: ({ count }) =>
      n(
        count,
        'Un envoi n’est pas terminé. Continuez-le ou abandonnez-le d’abord.',
        `${format(count)} envois ne sont pas terminés. Continuez-en ou abandonnez-en d’abord.`,
      ),
    too_young:
      'Les entrées de ce mois sont trop récentes : elles sont gardées aussi longtemps que les règles l’exigent. Choisissez un mois plus ancien.',
    unknown_group: ({ name }) =>
      `Le groupe « ${name} » n’existe plus. Rechargez la page et choisissez de nouveau.`,
    unknown_person:
      'Le journal ne connaît personne de ce nom ou de ce numéro. Vérifiez l’orthographe.',
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
    beside_the_question:
      'Ce que le modèle de langage a écrit figure dans vos documents, mais n’est pas ce qui approche le plus de votre question : la réponse en est donc citée.',
    withdrawn:
      'Une partie de cette réponse reposait sur des documents que vous ne pouvez plus lire.',
  },
};
