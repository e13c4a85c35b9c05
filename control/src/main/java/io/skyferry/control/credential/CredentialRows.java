package io.skyferry.control.credential;

import io.skyferry.control.store.Session;
import io.skyferry.control.vault.Spot;
import io.skyferry.control.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows of credentials, in one transaction.
final class CredentialRows {
    private static final String TABLE = "credential_setting";
    private static final String COLUMNS = "select id, name, provider, created, changed, expires from credential ";

    private final Session session;
    private final Vault vault;

    CredentialRows(Session session, Vault vault) {
        this.session = session;
        this.vault = vault;
    }

    private record Row(long id, String name, String provider, long created, long changed, Optional<Instant> expires) {
        static Row of(ResultSet row) throws SQLException {
            long expires = row.getLong(6);
            Optional<Instant> known = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
            return new Row(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5), known);
        }
    }

    List<Credential> all() throws SQLException {
        List<Credential> all = new ArrayList<>();
        for (Row row : session.list(COLUMNS + "order by name", Row::of)) {
            all.add(credential(row));
        }
        return all;
    }

    Optional<Credential> find(String name) throws SQLException {
        Optional<Row> row = session.first(COLUMNS + "where name = ?", Row::of, name);
        return row.isPresent() ? Optional.of(credential(row.orElseThrow())) : Optional.empty();
    }

    Optional<Credential> find(long id) throws SQLException {
        Optional<Row> row = session.first(COLUMNS + "where id = ?", Row::of, id);
        return row.isPresent() ? Optional.of(credential(row.orElseThrow())) : Optional.empty();
    }

    private Credential credential(Row row) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        Set<String> secrets = new HashSet<>();
        session.list(
                "select name, value from credential_setting where credential_id = ?",
                one -> {
                    String value = one.getString(2);
                    return value == null
                            ? secrets.add(one.getString(1))
                            : settings.put(one.getString(1), value) == null;
                },
                row.id());
        return new Credential(
                row.id(),
                row.name(),
                row.provider(),
                settings,
                secrets,
                Instant.ofEpochMilli(row.created()),
                Instant.ofEpochMilli(row.changed()),
                row.expires());
    }

    /// The secrets of a credential in the open.
    Map<String, String> secretsOf(Credential credential) throws SQLException {
        Map<String, String> opened = new HashMap<>();
        session.list(
                "select name, sealed from credential_setting where credential_id = ? and sealed is not null",
                row -> opened.put(
                        row.getString(1), vault.open(spot(credential.id(), row.getString(1)), row.getBytes(2))),
                credential.id());
        return opened;
    }

    private static Spot spot(long credential, String setting) {
        return new Spot(TABLE, credential, setting);
    }

    long insert(String name, String provider, Instant now) throws SQLException {
        long id = session.nextNumber("credential");
        session.change(
                "insert into credential(id, name, provider, created, changed) values (?, ?, ?, ?, ?)",
                id,
                name,
                provider,
                now.toEpochMilli(),
                now.toEpochMilli());
        return id;
    }

    void rename(long id, String name, Instant now) throws SQLException {
        session.change("update credential set name = ?, changed = ? where id = ?", name, now.toEpochMilli(), id);
    }

    void expire(long id, Optional<Instant> at) throws SQLException {
        session.change(
                "update credential set expires = ? where id = ?",
                at.map(Instant::toEpochMilli).orElse(null),
                id);
    }

    void delete(long id) throws SQLException {
        session.change("delete from credential where id = ?", id);
    }

    void unset(long id, String setting) throws SQLException {
        session.change("delete from credential_setting where credential_id = ? and name = ?", id, setting);
    }

    void set(long id, String setting, String value) throws SQLException {
        unset(id, setting);
        session.change(
                "insert into credential_setting(credential_id, name, value) values (?, ?, ?)", id, setting, value);
    }

    void seal(long id, String setting, String secret) throws SQLException {
        byte[] sealed = vault.seal(spot(id, setting), secret, Vault.standing(session));
        unset(id, setting);
        session.change(
                "insert into credential_setting(credential_id, name, sealed) values (?, ?, ?)", id, setting, sealed);
    }
}
