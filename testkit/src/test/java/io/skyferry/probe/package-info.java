/// Tests that need the test kit, which stands on the module of what they test.
@NullMarked
package io.skyferry.probe;

import org.jspecify.annotations.NullMarked;
