package io.skyferry.server;

import io.skyferry.control.alert.AlertWatch;
import io.skyferry.control.alert.Alerts;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.Imports;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.task.Directories;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.Sessions;
import io.skyferry.control.user.SetupLink;
import io.skyferry.control.user.Users;
import io.skyferry.control.vault.Vault;
import io.skyferry.probe.StorageProbe;
import java.time.InstantSource;
import java.time.ZoneId;

/// What the server puts a skin over.
///
/// @param opener opens places of credentials for a look
/// @param version of the product, in words
public record ServerParts(
        AppDatabase database,
        Users users,
        ApiKeys keys,
        Sessions sessions,
        Logins logins,
        SetupLink setup,
        Credentials credentials,
        Tasks tasks,
        Runs runs,
        Locks locks,
        Settings settings,
        Alerts alerts,
        AlertWatch watch,
        Channels channels,
        AuditLog audit,
        Vault vault,
        StorageOpener opener,
        StorageProbe probe,
        Encryption encryption,
        Imports imports,
        InstantSource clock,
        ZoneId zone,
        String version) {
    /// Looks into accounts.
    public Directories directories() {
        return new Directories(database, tasks, credentials, opener, encryption, clock);
    }
}
