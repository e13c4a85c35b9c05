package io.skyferry.http;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/// What every transport must do, against a server that does as a script says.
abstract class HttpTransportContract extends FuzzChapter {
    HttpTransportContract(Opener opener, Set<Laxity> laxities, @TempDir Path folder) {
        super(opener, laxities, folder);
    }
}
