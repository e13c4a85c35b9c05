package io.skyferry.storages.s3;

class S3StorageWithChecksumsTest extends S3StorageTest {
    @Override
    String[] settings() {
        return new String[] {S3Settings.CHECKSUM, "crc32c"};
    }
}
