package io.skyferry.storages.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The examples of "Signing and Authenticating REST Requests" in the Amazon S3 Developer Guide.
class SigV2Test {
    private static final Access ACCESS =
            Access.lasting("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    private static Draft draft(String method, String path, String date) {
        return new Draft(method, "johnsmith.s3.amazonaws.com", path, "/johnsmith" + path).header("date", date);
    }

    private static String signed(Draft draft) {
        new SigV2().sign(draft, ACCESS, Instant.EPOCH);
        return draft.headers().getOrDefault("authorization", "");
    }

    @Test
    void download() {
        assertThat(signed(draft("GET", "/photos/puppy.jpg", "Tue, 27 Mar 2007 19:36:42 +0000")))
                .isEqualTo("AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=");
    }

    @Test
    void upload() {
        assertThat(signed(draft("PUT", "/photos/puppy.jpg", "Tue, 27 Mar 2007 21:15:45 +0000")
                        .header("content-type", "image/jpeg")))
                .isEqualTo("AWS AKIAIOSFODNN7EXAMPLE:MyyxeRY7whkBe+bq8fHCL/2kKUg=");
    }

    @Test
    void listingLeavesItsQueryOut() {
        assertThat(signed(draft("GET", "/", "Tue, 27 Mar 2007 19:42:41 +0000")
                        .query("prefix", "photos")
                        .query("max-keys", "50")
                        .query("marker", "puppy")))
                .isEqualTo("AWS AKIAIOSFODNN7EXAMPLE:htDYFYduRNen8P9ZfE/s9SuKy0U=");
    }

    @Test
    void subresourceIsSigned() {
        assertThat(signed(draft("GET", "/", "Tue, 27 Mar 2007 19:44:46 +0000").query("acl", "")))
                .isEqualTo("AWS AKIAIOSFODNN7EXAMPLE:c2WLPFtWHVgbEmeEG93a4cG37dM=");
    }

    @Test
    void dateIsThatOfTheClockWhereNoneIsGiven() {
        Draft draft = new Draft("GET", "host", "/", "/");
        new SigV2().sign(draft, ACCESS, Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(draft.headers()).containsEntry("date", "Fri, 02 Jan 2026 03:04:05 GMT");
    }
}
