/// The layers over a storage in memory. They are tested here because the test kit stands on the layers' module.
@NullMarked
package io.skyferry.layers;

import org.jspecify.annotations.NullMarked;
