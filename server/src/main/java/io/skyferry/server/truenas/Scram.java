package io.skyferry.server.truenas;

import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.ScramKey;
import io.skyferry.control.user.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One exchange by SCRAM-SHA-512 about an API key. The name is `user:number of the key`, the password the
/// key's part behind the dash.
///
/// Source: RFC 5802, sections 3, 5 and 7; RFC 5929, section 4, for `tls-server-end-point`.
final class Scram {
    private static final String BINDING = "p=tls-server-end-point";

    private final ApiKeys.Known known;
    private final String gs2;
    private final String clientFirstBare;
    private final String serverFirst;
    private final byte[] binding;

    private Scram(ApiKeys.Known known, String gs2, String clientFirstBare, String serverFirst, byte[] binding) {
        this.known = known;
        this.gs2 = gs2;
        this.clientFirstBare = clientFirstBare;
        this.serverFirst = serverFirst;
        this.binding = binding;
    }

    /// Begins an exchange; empty: the message is none, or no key is meant by it.
    ///
    /// @param nonce drawn for this exchange
    /// @param endPoint hash of the server's certificate; empty: there is none, and no channel can be bound
    static Optional<Scram> begun(String clientFirst, ApiKeys keys, String nonce, Optional<byte[]> endPoint) {
        String[] parts = clientFirst.split(",", 3);
        if (parts.length != 3 || !parts[1].isEmpty()) {
            return Optional.empty();
        }
        boolean bound = parts[0].equals(BINDING);
        // One that could bind but thinks that this side cannot has been told lies on the way.
        boolean fooled = parts[0].equals("y") && endPoint.isPresent();
        if (fooled || (bound && endPoint.isEmpty()) || (!bound && !parts[0].equals("n") && !parts[0].equals("y"))) {
            return Optional.empty();
        }
        Map<String, String> fields = fields(parts[2]);
        String name = fields.getOrDefault("n", "").replace("=2C", ",").replace("=3D", "=");
        String clientNonce = fields.getOrDefault("r", "");
        int colon = name.lastIndexOf(':');
        String number = name.substring(colon + 1);
        if (colon < 1 || clientNonce.isEmpty() || !number.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return keys.find(Long.parseLong(number))
                .filter(one -> one.user().name().equals(name.substring(0, colon)))
                .map(one -> new Scram(
                        one,
                        parts[0] + ",,",
                        parts[2],
                        "r=%s,s=%s,i=%s"
                                .formatted(
                                        clientNonce + nonce,
                                        Base64.getEncoder()
                                                .encodeToString(one.scram().salt()),
                                        one.scram().iterations()),
                        bound ? endPoint.orElseThrow() : new byte[0]));
    }

    private static Map<String, String> fields(String message) {
        Map<String, String> fields = new HashMap<>();
        for (String one : message.split(",", -1)) {
            if (one.length() > 1 && one.charAt(1) == '=') {
                fields.put(one.substring(0, 1), one.substring(2));
            }
        }
        return fields;
    }

    /// What the client is told first.
    String serverFirst() {
        return serverFirst;
    }

    /// The end of an exchange.
    ///
    /// @param serverFinal what shows the client that this side knows the key
    record Proven(User user, ApiKeys.Known known, String serverFinal) {}

    /// Checks the client's proof; empty: it does not know the key.
    Optional<Proven> proven(String clientFinal) {
        int proofAt = clientFinal.lastIndexOf(",p=");
        if (proofAt < 0) {
            return Optional.empty();
        }
        Map<String, String> fields = fields(clientFinal);
        byte[] channel = decoded(fields.getOrDefault("c", ""));
        byte[] header = gs2.getBytes(StandardCharsets.UTF_8);
        byte[] wanted = new byte[header.length + binding.length];
        System.arraycopy(header, 0, wanted, 0, header.length);
        System.arraycopy(binding, 0, wanted, header.length, binding.length);
        boolean same = MessageDigest.isEqual(channel, wanted)
                && fields(serverFirst).getOrDefault("r", "").equals(fields.getOrDefault("r", ""));
        String message = clientFirstBare + "," + serverFirst + "," + clientFinal.substring(0, proofAt);
        ScramKey key = known.scram();
        if (!same || !key.matchesProof(message, decoded(fields.getOrDefault("p", "")))) {
            return Optional.empty();
        }
        String signature = Base64.getEncoder().encodeToString(key.serverSignature(message));
        return Optional.of(new Proven(known.user(), known, "v=" + signature));
    }

    private static byte[] decoded(String text) {
        return text.matches("[A-Za-z0-9+/]*={0,2}") && text.length() % 4 == 0
                ? Base64.getDecoder().decode(text)
                : new byte[0];
    }
}
