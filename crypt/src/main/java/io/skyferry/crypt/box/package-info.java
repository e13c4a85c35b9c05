/// The cipher of single blocks: XSalsa20 with Poly1305, as NaCl's secretbox has it, in three
/// implementations that give the same bytes at different speeds.
@NullMarked
package io.skyferry.crypt.box;

import org.jspecify.annotations.NullMarked;
