package io.skyferry.server.web.tasks;

import io.skyferry.server.web.Form;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.List;
import java.util.Optional;

/// What a form asks about the place at the account: it depends on the credential.
///
/// @param account empty: none is chosen yet
/// @param options what can be set for this task alone, of the provider's settings
public record RemotePart(Form form, Optional<Account> account, Buckets buckets, List<Setting> options) {
    /// Whether places of the account begin with a bucket.
    public enum Buckets {
        /// They do.
        WANTED,
        /// They do not, or the credential names one.
        NONE
    }

    /// Makes the list unchangeable.
    public RemotePart {
        options = List.copyOf(options);
    }

    /// Whether the form asks for a bucket.
    public boolean asksForBucket() {
        return buckets == Buckets.WANTED;
    }

    /// The name of an option in the form.
    public String name(Setting option) {
        return "attributes." + option.name().replace('-', '_');
    }
}
