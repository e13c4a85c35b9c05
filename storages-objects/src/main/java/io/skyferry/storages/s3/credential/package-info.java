/// Where the key to an account comes from: settings, environment, profiles, or the machine one runs on.
@NullMarked
package io.skyferry.storages.s3.credential;

import org.jspecify.annotations.NullMarked;
