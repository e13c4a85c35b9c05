/// Notes at compile time which class of the command line declares which options.
@NullMarked
package io.skyferry.optionindex;

import org.jspecify.annotations.NullMarked;
