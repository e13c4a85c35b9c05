package io.skyferry.control.alert;

import java.io.IOException;

/// Delivers by one kind of channel.
@FunctionalInterface
public interface AlertSender {
    /// Delivers once.
    ///
    /// @param secret of the channel, empty where there is none
    /// @throws IOException if it was not delivered; its message tells no secret
    void send(Channel channel, String secret, Notice notice) throws IOException;
}
