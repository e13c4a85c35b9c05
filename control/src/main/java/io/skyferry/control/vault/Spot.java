package io.skyferry.control.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Where a secret is kept. What was sealed for one spot opens at no other, so rows cannot be exchanged.
///
/// @param table that holds it
/// @param row of the table
/// @param field of the row
public record Spot(String table, long row, String field) {
    /// The bytes that go into the seal, together with the key they are sealed under.
    byte[] bytes(byte[] keyId) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(table);
            out.writeLong(row);
            out.writeUTF(field);
            out.write(keyId);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
