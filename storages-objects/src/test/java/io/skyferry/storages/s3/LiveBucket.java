package io.skyferry.storages.s3;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.StorageContract;
import java.util.HashMap;
import java.util.Map;

/// The contract against a server that somebody else wrote, run by hand:
/// `-Dtest=LiveBucket`, with
/// `SKYFERRY_S3=endpoint=...,access-key-id=...,secret-access-key=...,provider=ceph,path=bucket`.
class LiveBucket extends StorageContract {
    @Override
    protected Storage openEmpty() {
        Map<String, String> settings = new HashMap<>();
        for (String one : System.getenv("SKYFERRY_S3").split(",", -1)) {
            int sign = one.indexOf('=');
            settings.put(one.substring(0, sign), one.substring(sign + 1));
        }
        settings.put(S3Settings.PART_SIZE, String.valueOf(S3Settings.MIN_PART));
        settings.put(S3Settings.CREATE_BUCKET, "on");
        Storage storage = new S3Provider().open(settings);
        storage.write(new RelPath("first"), BytesContent.of("x"), WriteOptions.PLAIN);
        ListRequest request = ListRequest.tree(RelPath.ROOT);
        for (ListPage page = storage.list(request);
                ;
                page = storage.list(request.goOnAfter(page.next().orElseThrow()))) {
            page.entries().stream()
                    .filter(Entry.File.class::isInstance)
                    .map(Entry.File.class::cast)
                    .forEach(storage::delete);
            if (page.next().isEmpty()) {
                return storage;
            }
        }
    }
}
