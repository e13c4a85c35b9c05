package io.skyferry.control.user;

/// What Python's `hashlib` and `hmac` compute for the exchange in the test, in hexadecimal.
final class ScramVectors {
    static final String PROOF = "b8c3aa19a2a90806b9d1b497cdae285aeaf374d3c7c286b6ca44f8bbc48bc6fc"
            + "72b484c4644b8f92ba75c45b8a62c2f64d31b8230697ed3834aaa8f9ea90533b";

    static final String SIGNATURE = "3605706cfb9a28ceda3dc5ab92bc37f96034dd2371e4bf8305e4e1c6714b7bf7"
            + "24914ae0841d99689d5efaec6e9aed1a30099f6d1d5e4fcbc55033a201219ef1";

    private ScramVectors() {}
}
