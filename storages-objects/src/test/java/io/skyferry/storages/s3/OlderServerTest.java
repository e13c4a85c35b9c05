package io.skyferry.storages.s3;

/// The same server when nobody said which version of listings it knows: it answers the second with the first.
class OlderServerTest extends OtherServerTest {
    @Override
    String lists() {
        return "auto";
    }
}
