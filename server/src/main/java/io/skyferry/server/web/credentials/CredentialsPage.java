package io.skyferry.server.web.credentials;

import java.util.List;

/// All accounts.
///
/// @param search what was looked for
/// @param trying the number of the one that is tried out at once; 0: none
public record CredentialsPage(List<CredentialCard> cards, String search, long trying) {
    /// Makes the list unchangeable.
    public CredentialsPage {
        cards = List.copyOf(cards);
    }
}
