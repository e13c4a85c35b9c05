package io.skyferry.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryGlobsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | /**",
                "/* | ''",
                "*.jpg | /**",
                "/*.jpg | ''",
                "//*.jpg | ''",
                "///*.jpg | ''",
                "/a/*.jpg | /a/",
                "/a//*.jpg | /a/",
                "/a///*.jpg | /a/",
                "/a/b/*.jpg | /a/b/ /a/",
                "a/*.jpg | a/",
                "a/b/*.jpg | a/b/ a/",
                "*/*/*.jpg | */*/ */",
                "a/b | a/",
                "a/b/*.{jpg,png,gif} | a/b/ a/",
                "/a/{jpg,png,gif}/*.{jpg,png,gif} | /a/{jpg,png,gif}/ /a/",
                "/a/{x,y}/*.{jpg,png} | /a/{x,y}/ /a/",
                "a/{a,a*b,a**c}/d | /**",
                "/a/{a,a*b,a/c,d}/d | /**",
                "{a/b,c}.jpg | /**",
                "*.{{re}} | /**",
                "/a/{b,{c,d}}/e | /**",
                "** | **/",
                "a** | a**/",
                "a**b | a**/",
                "a**b**c**d | a**b**c**/ a**b**/ a**/",
                "a**b/c**d | a**b/c**/ a**b/ a**/",
                "/A/a**b/B/c**d/C/x | /A/a**b/B/c**d/C/ /A/a**b/B/c**d/ /A/a**b/B/c**/ /A/a**b/B/ /A/a**b/ /A/a**/ /A/",
                "/var/spool/**/x | /var/spool/**/ /var/spool/ /var/",
                "var/spool/**/x | var/spool/**/ var/spool/ var/",
                "/file1.jpg | ''",
                "/sausage3** | /sausage3**/",
                "/a[/]b/c | /**",
            })
    void eachPatternNamesTheDirectoriesOnItsWay(String pattern, String directories) {
        List<String> wanted = Stream.of(directories.split(" "))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Glob.parse(directory).regexp())
                .toList();
        assertThat(DirectoryGlobs.of(Glob.parse(pattern)))
                .extracting(Glob::regexp)
                .isEqualTo(wanted);
    }
}
