package io.skyferry.testkit;

import io.skyferry.storage.Storage;

/// Where a chapter of the contract gets its storages from.
interface ContractPlace {
    Storage open();

    void settle(Storage storage);

    StorageContract.OneName oneName();
}
