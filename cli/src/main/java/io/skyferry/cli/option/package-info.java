/// Options that several commands share, as picocli mixins, and how their texts become values.
@NullMarked
package io.skyferry.cli.option;

import org.jspecify.annotations.NullMarked;
