/// Encryption as the commands need it: single names, files and passwords.
@NullMarked
package io.skyferry.control.crypt;

import org.jspecify.annotations.NullMarked;
