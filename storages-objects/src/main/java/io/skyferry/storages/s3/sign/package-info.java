/// Signs requests as Amazon does: version 4, and version 2 for servers that know nothing newer.
@NullMarked
package io.skyferry.storages.s3.sign;

import org.jspecify.annotations.NullMarked;
