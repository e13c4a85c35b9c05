package io.skyferry.storages.s3.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final String PAGE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Name>bucket</Name><Prefix/><KeyCount>3</KeyCount><MaxKeys>1000</MaxKeys>
              <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
              <NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=</NextContinuationToken>
              <Contents><Key>a%2Bb+c%0A</Key><LastModified>2026-10-12T17:50:30.000Z</LastModified>
                <ETag>&quot;fba9dede5f27731c9771645a39863328&quot;</ETag><Size>434234</Size>
                <StorageClass>STANDARD</StorageClass><Owner><ID>75aa</ID></Owner></Contents>
              <Contents><Key>empty</Key><LastModified>2026-10-12T17:50:30.000Z</LastModified>
                <ETag>"d41d8cd98f00b204e9800998ecf8427e-2"</ETag><Size>0</Size></Contents>
              <CommonPrefixes><Prefix>photos/</Prefix></CommonPrefixes>
            </ListBucketResult>
            """;

    private static Listing read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Listing.read(bytes, bytes.length);
    }

    @Test
    void pageIsReadWhole() {
        Listing page = read(PAGE);
        assertThat(page.items())
                .containsExactly(
                        new Listing.Item("a+b c\n", 434_234, "fba9dede5f27731c9771645a39863328"),
                        new Listing.Item("empty", 0, "d41d8cd98f00b204e9800998ecf8427e-2"));
        assertThat(page.commonPrefixes()).containsExactly("photos/");
        assertThat(page.next())
                .contains(new Listing.Next("1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=", Listing.By.TOKEN));
    }

    @Test
    void pageThatIsCutOffIsRefusedWhereverItIsCut() {
        byte[] bytes = PAGE.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> Listing.read(bytes, cut))
                    .as("%s bytes", cut)
                    .isInstanceOf(Xml.BrokenException.class);
        }
    }

    @Test
    void versionOneGoesOnBehindItsLastKey() {
        Listing page = read("""
                <ListBucketResult><IsTruncated>true</IsTruncated>
                <Contents><Key>x &amp; y &#x1F600;</Key><Size>1</Size></Contents></ListBucketResult>""");
        assertThat(page.items().getFirst().key()).isEqualTo("x & y \uD83D\uDE00");
        assertThat(page.next()).contains(new Listing.Next("x & y \uD83D\uDE00", Listing.By.MARKER));
    }

    @Test
    void nameSpacesCommentsAndSectionsAreRead() {
        Listing page = read("""
                <s3:ListBucketResult a='>'><!-- <Contents> --><s3:IsTruncated>false</s3:IsTruncated>
                <s3:Contents><s3:Key><![CDATA[a<b>&amp;]]>c</s3:Key><s3:Size> 7 </s3:Size></s3:Contents>
                </s3:ListBucketResult>""");
        assertThat(page.items().getFirst().key()).isEqualTo("a<b>&amp;c");
        assertThat(page.items().getFirst().size()).isEqualTo(7);
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&quot;tag&quot;",
                "\"tag\"",
                "&#34;tag&#x22;",
                "\"tag&quot;",
                "tag",
                " \"tag\" ",
                "W/&quot;tag&quot;",
                "<![CDATA[\"tag\"]]>"
            })
    void tagIsReadWithoutItsQuotesHoweverTheyAreWritten(String text) {
        assertThat(tagOf(text)).isEqualTo("tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", " 7\n", "007", "&#55;", "7<!-- seven -->", "<![CDATA[7]]>"})
    void sizeIsReadHoweverItIsWritten(String text) {
        assertThat(sizeOf(text)).isEqualTo(7);
    }

    @Test
    void largestSizeIsReadAndWhatIsNoneIsStrange() {
        assertThat(sizeOf("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(sizeOf("999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        for (String none : List.of("", "seven", "7 8", "9223372036854775808", "7.0")) {
            assertThatThrownBy(() -> sizeOf(none))
                    .isInstanceOf(Xml.StrangeException.class)
                    .hasMessage("Want a number as 'Size' but have '%s'".formatted(none));
        }
    }

    private static long sizeOf(String text) {
        return read("<ListBucketResult><Contents><Size>%s</Size></Contents></ListBucketResult>".formatted(text))
                .items()
                .getFirst()
                .size();
    }

    @Test
    void tagThatIsEmptyOrHoldsQuotesIsReadAsItIs() {
        assertThat(tagOf("")).isEmpty();
        assertThat(tagOf("&quot;&quot;")).isEmpty();
        assertThat(tagOf("&quot;a&quot;b&quot;")).isEqualTo("a\"b");
        assertThat(tagOf("&quot;a&amp;b&quot;")).isEqualTo("a&b");
        assertThat(tagOf("&quot;tag")).isEqualTo("\"tag");
        assertThat(read("<ListBucketResult><Contents><ETag/><Size>3</Size></Contents></ListBucketResult>")
                        .items())
                .containsExactly(new Listing.Item("", 3, ""));
    }

    private static String tagOf(String text) {
        Listing page = read("<ListBucketResult><Contents><ETag>%s</ETag><Size>3</Size></Contents></ListBucketResult>"
                .formatted(text));
        assertThat(page.items().getFirst().size()).isEqualTo(3);
        return page.items().getFirst().etag();
    }

    @Test
    void controlCharactersOfSloppyServersAreRead() {
        assertThat(read("<ListBucketResult><Contents><Key>a\u0001b</Key></Contents></ListBucketResult>")
                        .items()
                        .getFirst()
                        .key())
                .isEqualTo("a\u0001b");
    }

    @Test
    void nameThatIsNotEncodedAsTheServerSaysIsStrange() {
        assertThatThrownBy(() -> read("<ListBucketResult><EncodingType>url</EncodingType>"
                        + "<Contents><Key>41%/x</Key></Contents></ListBucketResult>"))
                .isInstanceOf(Xml.StrangeException.class)
                .hasMessageContaining("41%/x");
    }

    @Test
    void otherReplyIsStrangeButThePageOfAProxyMayPass() {
        assertThatThrownBy(() -> read("<ListBuckets/>")).isInstanceOf(Xml.StrangeException.class);
        assertThatThrownBy(() -> read("<HTML>Bad gateway</HTML>"))
                .isInstanceOf(Xml.BrokenException.class)
                .isNotInstanceOf(Xml.StrangeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not found",
                "<html><body>Bad gateway</body></html>",
                "<!DOCTYPE x [<!ENTITY e 'boom'>]><ListBucketResult>&e;</ListBucketResult>",
                "<ListBucketResult><Contents><Key>&boom;</Key></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>&#xD800;</Key></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Size>many</Size></Contents></ListBucketResult>",
                "<ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>"
            })
    void whatIsNoListingIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Xml.BrokenException.class);
    }
}
