/// Real storage servers that nobody here wrote, started for tests by the scripts in `testservers/`.
@NullMarked
package io.skyferry.testkit.servers;

import org.jspecify.annotations.NullMarked;
