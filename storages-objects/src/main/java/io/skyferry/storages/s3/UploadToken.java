package io.skyferry.storages.s3;

import io.skyferry.storage.Version;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.sign.Percent.PlusSign;
import java.time.Instant;
import java.util.Optional;

/// What must be known of an upload to go on with it: stored by others, understood here.
///
/// @param modTime that the file will have; empty: none was asked for
/// @param condition under which the parts become the file
/// @param sums what the server keeps of its parts
record UploadToken(String id, Optional<Instant> modTime, Condition condition, PartSums sums) {
    private static final int WORDS = 4;
    private static final String NOTHING = "-";
    private static final String ABSENT = "absent";
    private static final String MATCHES = "matches:";

    String text() {
        return String.join(
                " ",
                Percent.ofValue(id),
                modTime.map(Mtime::write).orElse(NOTHING),
                switch (condition) {
                    case Condition.None _ -> NOTHING;
                    case Condition.Absent _ -> ABSENT;
                    case Condition.Matches(Version version) -> MATCHES + Percent.ofValue(version.text());
                },
                sums.word());
    }

    static UploadToken of(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != WORDS) {
            return new UploadToken(text, Optional.empty(), new Condition.None(), PartSums.TAGS);
        }
        return new UploadToken(
                Percent.decode(words[0], PlusSign.IS_ITSELF),
                words[1].equals(NOTHING) ? Optional.empty() : Mtime.read(words[1]),
                condition(words[2]),
                PartSums.ofWord(words[3]).orElse(PartSums.TAGS));
    }

    private static Condition condition(String word) {
        if (word.startsWith(MATCHES)) {
            String version = Percent.decode(word.substring(MATCHES.length()), PlusSign.IS_ITSELF);
            return new Condition.Matches(new Version(version));
        }
        return word.equals(ABSENT) ? new Condition.Absent() : new Condition.None();
    }
}
