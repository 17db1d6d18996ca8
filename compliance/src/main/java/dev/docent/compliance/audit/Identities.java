package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/// The map from people to their pseudonyms in the log: encrypted, and erasable although the log is
/// not. Safe for concurrent use.
///
/// ```
/// key-encryption key (a file) ──wraps──▶ one key a person (audit.subject_key)
///                                           ├─▶ seals account id and name (audit.identity)
///                                           └─▶ keys the digests of what they asked
/// ```
///
/// Erasing destroys the person's key and the entry: the pseudonym in the log then leads to nobody,
/// and no guess at a question can be checked any more. Copies in backups end with the
/// key-encryption key they were wrapped under. AES-256-GCM (NIST SP 800-38D), a random 96-bit nonce
/// each time, the record's own id as additional data; keys derived by HKDF-SHA-256 (RFC 5869).
///
/// The `DataSource` gives connections of a role that has `audit_identity`.
public final class Identities {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEK_VERSION = 1;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private final DataSource database;
  private final SecretKey wrapping;
  private final SecretKey lookup;
  private final SecureRandom random = new SecureRandom();

  /// @param name shown to a compliance officer
  public record Person(String accountId, String name) {}

  /// @param keyEncryptionKey 32 secret bytes, kept apart from the database; copied
  public Identities(DataSource database, byte[] keyEncryptionKey) {
    if (keyEncryptionKey.length != 32) {
      throw new IllegalArgumentException("a key-encryption key has 32 bytes");
    }
    this.database = database;
    this.wrapping = derive(keyEncryptionKey, "docent audit wrapping", "AES");
    this.lookup = derive(keyEncryptionKey, "docent audit lookup", "HmacSHA256");
  }

  /// The pseudonym of an account, made at the first call. A changed name is stored.
  ///
  /// @throws AuditUnavailableException if the map cannot be read or written
  public ActorRef pseudonymOf(Person person) {
    try (Connection connection = database.getConnection()) {
      Optional<Entry> known = find(connection, "i.lookup = ?", lookupOf(person.accountId()));
      if (known.isEmpty()) {
        create(connection, person);
        // Another process may have been faster; whoever stands there now is the one.
        known = find(connection, "i.lookup = ?", lookupOf(person.accountId()));
      }
      Entry entry =
          known.orElseThrow(() -> new IllegalStateException("erased while it was being made"));
      if (!open(entry).equals(person)) {
        seal(connection, entry, person);
      }
      return entry.actor;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /// The pseudonym of an account, if it has one: to search the log for a person.
  public Optional<ActorRef> find(String accountId) {
    try (Connection connection = database.getConnection()) {
      return find(connection, "i.lookup = ?", lookupOf(accountId)).map(Entry::actor);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /// The person behind a pseudonym; empty once erased, and for actors that are no person.
  public Optional<Person> personBehind(ActorRef actor) {
    return entryOf(actor).map(this::open);
  }

  /// Digests under the person's own key; empty once erased.
  public Optional<TextDigester> digesterOf(ActorRef actor) {
    return entryOf(actor)
        .map(
            entry ->
                new TextDigester(
                    "dek_" + entry.keyId,
                    derive(unwrap(entry), "docent audit digest", "HmacSHA256").getEncoded()));
  }

  /// Destroys the map entry and the person's key, in the caller's transaction, which also holds the
  /// record of it.
  ///
  /// @return false if there was nothing to erase
  public boolean erase(Connection transaction, ActorRef actor) {
    String sql =
        """
        WITH gone AS (DELETE FROM audit.identity WHERE actor = ? RETURNING dek_id)
        UPDATE audit.subject_key k SET wrapped = NULL, destroyed_at = clock_timestamp()
        FROM gone WHERE k.dek_id = gone.dek_id""";
    try (PreparedStatement statement = transaction.prepareStatement(sql)) {
      statement.setString(1, actor.value());
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /// A row of the map with its person's wrapped key. The arrays are never written to.
  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Entry(ActorRef actor, UUID keyId, byte[] wrapped, byte[] sealed) {}

  private Optional<Entry> entryOf(ActorRef actor) {
    try (Connection connection = database.getConnection()) {
      return find(connection, "i.actor = ?", actor.value());
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static Optional<Entry> find(Connection connection, String condition, Object value)
      throws SQLException {
    String sql =
        "SELECT i.actor, i.dek_id, k.wrapped, i.sealed FROM audit.identity i"
            + " JOIN audit.subject_key k ON k.dek_id = i.dek_id WHERE k.wrapped IS NOT NULL AND "
            + condition;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Entry(
                    new ActorRef(rows.getString(1)),
                    rows.getObject(2, UUID.class),
                    rows.getBytes(3),
                    rows.getBytes(4)))
            : Optional.empty();
      }
    }
  }

  /// One statement, so that key and entry appear together; nothing happens if the account is known.
  private void create(Connection connection, Person person) throws SQLException {
    byte[] key = new byte[32];
    random.nextBytes(key);
    UUID keyId = UUID.randomUUID();
    ActorRef actor = new ActorRef("act_" + base32());
    byte[] sealed =
        encrypt(new SecretKeySpec(key, "AES"), plain(person), actor.value().getBytes(UTF_8));
    String sql =
        """
        WITH key AS (INSERT INTO audit.subject_key (dek_id, wrapped, kek_version)
                     SELECT ?, ?, ? WHERE NOT EXISTS
                       (SELECT FROM audit.identity WHERE lookup = ?) RETURNING dek_id)
        INSERT INTO audit.identity (actor, lookup, dek_id, sealed)
        SELECT ?, ?, dek_id, ? FROM key ON CONFLICT (lookup) DO NOTHING""";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, keyId);
      statement.setBytes(2, encrypt(wrapping, key, bytes(keyId)));
      statement.setInt(3, KEK_VERSION);
      statement.setBytes(4, lookupOf(person.accountId()));
      statement.setString(5, actor.value());
      statement.setBytes(6, lookupOf(person.accountId()));
      statement.setBytes(7, sealed);
      statement.executeUpdate();
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private void seal(Connection connection, Entry entry, Person person) throws SQLException {
    byte[] sealed =
        encrypt(
            new SecretKeySpec(unwrap(entry), "AES"),
            plain(person),
            entry.actor.value().getBytes(UTF_8));
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE audit.identity SET sealed = ? WHERE actor = ?")) {
      statement.setBytes(1, sealed);
      statement.setString(2, entry.actor.value());
      statement.executeUpdate();
    }
  }

  private Person open(Entry entry) {
    Map<String, Object> person =
        CanonicalJson.readObject(
            decrypt(
                new SecretKeySpec(unwrap(entry), "AES"),
                entry.sealed,
                entry.actor.value().getBytes(UTF_8)));
    return new Person(text(person, "account"), text(person, "name"));
  }

  private static String text(Map<String, Object> object, String key) {
    if (object.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalStateException("a sealed identity has '" + key + "'");
  }

  private static byte[] plain(Person person) {
    return CanonicalJson.write(Map.of("account", person.accountId(), "name", person.name()));
  }

  private byte[] unwrap(Entry entry) {
    return decrypt(wrapping, entry.wrapped, bytes(entry.keyId));
  }

  private byte[] lookupOf(String accountId) {
    return TextDigester.hmac(lookup, accountId.getBytes(UTF_8));
  }

  private String base32() {
    byte[] bits = new byte[26];
    random.nextBytes(bits);
    StringBuilder text = new StringBuilder(26);
    for (byte five : bits) {
      text.append(BASE32.charAt(five & 31));
    }
    return text.toString();
  }

  private byte[] encrypt(SecretKey key, byte[] plain, byte[] context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, plain, context);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  private static byte[] decrypt(SecretKey key, byte[] sealed, byte[] context) {
    return crypt(
        Cipher.DECRYPT_MODE,
        key,
        Arrays.copyOf(sealed, NONCE_BYTES),
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length),
        context);
  }

  private static byte[] crypt(int mode, SecretKey key, byte[] nonce, byte[] in, byte[] context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(in);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("wrong key-encryption key, or an altered identity", e);
    }
  }

  private static SecretKey derive(byte[] secret, String purpose, String algorithm) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(purpose.getBytes(UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF (JEP 510)", e);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static AuditUnavailableException unavailable(SQLException cause) {
    return new AuditUnavailableException("the map of pseudonyms is unavailable", false, cause);
  }
}
