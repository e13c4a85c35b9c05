package io.skyferry.app;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/// What keeps the JDK from looking through every jar for services that none of them has. To open them all and to read
/// what is in them takes a short command as long as its own work.
final class QuickStart {
    private static final String SELECTORS = "java.nio.channels.spi.SelectorProvider";
    private static final String EPOLL = "sun.nio.ch.EPollSelectorProvider";

    private QuickStart() {}

    /// To be called before the first connection and the first cipher.
    static void prepare() {
        if (System.getProperty(SELECTORS) == null && canBeMade(EPOLL)) {
            System.setProperty(SELECTORS, EPOLL);
        }
        URL.setURLStreamHandlerFactory(protocol -> "http".equals(protocol) ? new Names() : null);
    }

    /// Whether the JDK will be able to make one.
    private static boolean canBeMade(String type) {
        try {
            return Modifier.isPublic(
                    Class.forName(type, false, null).getConstructor().getModifiers());
        } catch (ReflectiveOperationException none) {
            // Another system has another one, and the JDK finds it by itself.
            return false;
        }
    }

    /// For the JDK's ciphers, which make up such an address when they are first used. Nothing here opens one: requests
    /// go through `io.skyferry.http`.
    private static final class Names extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL address) throws IOException {
            throw new IOException("Want a request of io.skyferry.http but have a connection to an address");
        }
    }
}
