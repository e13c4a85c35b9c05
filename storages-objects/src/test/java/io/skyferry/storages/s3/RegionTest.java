package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storages.s3.S3Family.Style;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {
    private static String origin(String... settings) {
        var all = new LinkedHashMap<String, String>();
        all.put(S3Settings.PATH, "my-bucket/path");
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        S3Settings read = S3Settings.of(all);
        String region = read.region().orElse(read.family().defaultRegion());
        return new Addressing(read).origin(region).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, https://my-bucket.s3.us-east-1.amazonaws.com",
        "eu-central-1, https://my-bucket.s3.eu-central-1.amazonaws.com",
        "cn-north-1, https://my-bucket.s3.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, https://my-bucket.s3.us-gov-west-1.amazonaws.com",
        "us-iso-east-1, https://my-bucket.s3.us-iso-east-1.c2s.ic.gov",
        "eusc-de-east-1, https://my-bucket.s3.eusc-de-east-1.amazonaws.eu"
    })
    void amazonsPartitionsHaveHostsOfTheirOwn(String region, String origin) {
        assertThat(origin(S3Settings.REGION, region)).isEqualTo(origin);
    }

    @Test
    void oneAfterAnotherOtherBucketsAndRegionsAreAskedWhereTheyAre() {
        var addressing = new Addressing(S3Settings.of(Map.of(S3Settings.PATH, "my-bucket")));
        var where = new StorageException.Where("s3", Verb.READ, RelPath.ROOT);
        for (int round = 0; round < 2; round++) {
            assertThat(addressing.origin("eu-west-1")).hasToString("https://my-bucket.s3.eu-west-1.amazonaws.com");
            assertThat(addressing.origin("us-east-1")).hasToString("https://my-bucket.s3.us-east-1.amazonaws.com");
            Ask other = Ask.of("GET", "a b", where).in("other");
            assertThat(addressing.origin(other, "us-east-1")).hasToString("https://other.s3.us-east-1.amazonaws.com");
            assertThat(addressing.draft(other, "us-east-1").target()).isEqualTo("/a%20b");
            Ask dotted = Ask.of("GET", "a b", where).in("dotted.bucket");
            assertThat(addressing.draft(dotted, "us-east-1").target()).isEqualTo("/dotted.bucket/a%20b");
            Ask alone = Ask.ofBucket("GET", where).in("dotted.bucket");
            assertThat(addressing.draft(alone, "us-east-1").target()).isEqualTo("/dotted.bucket");
            assertThat(addressing
                            .draft(Ask.ofBucket("GET", where).in(""), "us-east-1")
                            .target())
                    .isEqualTo("/");
        }
    }

    @Test
    void amazonsOtherDoors() {
        assertThat(origin(S3Settings.REGION, "eu-west-1", S3Settings.DUAL_STACK, "on"))
                .isEqualTo("https://my-bucket.s3.dualstack.eu-west-1.amazonaws.com");
        assertThat(origin(S3Settings.ACCELERATE, "on")).isEqualTo("https://my-bucket.s3-accelerate.amazonaws.com");
        assertThat(origin(S3Settings.PATH_STYLE, "on")).isEqualTo("https://s3.us-east-1.amazonaws.com");
        assertThat(origin(S3Settings.PATH, "dotted.bucket")).isEqualTo("https://s3.us-east-1.amazonaws.com");
    }

    @ParameterizedTest
    @CsvSource({
        "oss, eu-central-1, https://my-bucket.s3.oss-eu-central-1.aliyuncs.com",
        "cos, ap-guangzhou, https://my-bucket.cos.ap-guangzhou.myqcloud.com",
        "jd, cn-south-1, https://my-bucket.s3.cn-south-1.jdcloud-oss.com",
        "storj, eu, https://gateway.storjshare.io",
        "hicloud, x, https://s3.hicloud.net.tw",
        "sfr, x, https://api.suite-stockage-cloud.sfrbusinessteam.fr",
        "wasabi, eu-central-1, https://my-bucket.s3.eu-central-1.wasabisys.com"
    })
    void relativesAreFoundByTheirName(String family, String region, String origin) {
        assertThat(origin(S3Settings.PROVIDER, family, S3Settings.REGION, region))
                .isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-west-1.amazonaws.com, AWS",
        "https://abc.r2.cloudflarestorage.com, R2",
        "http://localhost:9000, OTHER",
        "gateway.eu1.storjshare.io, STORJ"
    })
    void familyIsToldByTheEndpoint(String endpoint, S3Family family) {
        assertThat(S3Settings.of(Map.of(S3Settings.PATH, "my-bucket", S3Settings.ENDPOINT, endpoint))
                        .family())
                .isEqualTo(family);
    }

    @Test
    void wrongRegionIsPutRightByWhatTheServerSays() {
        try (var simulated = new Simulated(S3Rules.AMAZON.in("eu-south-2"));
                Storage storage = simulated.open(Simulated.BUCKET)) {
            assertThat(storage.stat(new RelPath("nothing"))).isEmpty();
            simulated.server().resetCounts();
            assertThat(storage.stat(new RelPath("nothing"))).isEmpty();
            assertThat(simulated.server().counts()).containsEntry("HeadObject", 1L);
        }
    }

    @Test
    void stylesCanBeForced() {
        Map<String, String> settings =
                Map.of(S3Settings.PATH, "b-b", S3Settings.ENDPOINT, "http://host", S3Settings.PATH_STYLE, "off");
        assertThat(S3Settings.of(settings).style()).isEqualTo(Style.HOST);
    }
}
