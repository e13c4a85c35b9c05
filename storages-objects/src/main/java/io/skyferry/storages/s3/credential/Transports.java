package io.skyferry.storages.s3.credential;

import io.skyferry.http.HttpTransport;

/// Makes transports to those who give keys out; who asks for one closes it.
public interface Transports {
    /// To what is on this machine or beside it: whatever does not answer at once is not there.
    HttpTransport near();

    /// To a service somewhere.
    HttpTransport far();
}
