package io.skyferry.app;

import io.skyferry.cli.Serving;
import io.skyferry.cli.Version;
import io.skyferry.control.alert.AlertDelivery;
import io.skyferry.control.alert.AlertSender;
import io.skyferry.control.alert.AlertWatch;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.CommandSender;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.runs.Service;
import io.skyferry.control.user.LoginThrottle;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.Sessions;
import io.skyferry.control.user.SetupLink;
import io.skyferry.control.user.Users;
import io.skyferry.http.ChannelTransport;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.TransportSettings;
import io.skyferry.server.ServerParts;
import io.skyferry.server.SkyferryServer;
import io.skyferry.server.mail.MailSender;
import io.skyferry.server.tls.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocketFactory;

/// The service in this process: what does runs, what answers requests, and what delivers alerts.
final class ServiceProcess implements Serving.Running {
    private static final System.Logger LOG = System.getLogger(ServiceProcess.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DELIVER_EACH = Duration.ofSeconds(2);
    private static final Duration LOOK_EACH = Duration.ofMinutes(1);

    private final AppServices services;
    private final SkyferryServer server;
    private final Service service;
    private final HttpTransport transport;
    private final ScheduledExecutorService ticker;
    private final List<String> words;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();

    private ServiceProcess(
            AppServices services,
            SkyferryServer server,
            Service service,
            HttpTransport transport,
            ScheduledExecutorService ticker,
            List<String> words) {
        this.services = services;
        this.server = server;
        this.service = service;
        this.transport = transport;
        this.ticker = ticker;
        this.words = List.copyOf(words);
    }

    /// Starts everything; the first requests are answered when this returns.
    static ServiceProcess start(AppServices services, Home home, Serving.Wishes wishes) {
        List<String> words = new ArrayList<>();
        SkyferryServer.Listen listen = listen(services, home, wishes, words);
        Users users = services.users();
        var setup = new SetupLink(services.database(), users, SecureRandom::new, services.clock());
        Optional<String> link = setup.renew();
        var watch = new AlertWatch(
                services.alerts(),
                services.tasks(),
                services.credentials(),
                services.schedules(),
                services.clock(),
                ZoneId.systemDefault(),
                () -> home.folder().toFile().getUsableSpace());
        SkyferryServer server = SkyferryServer.start(parts(services, users, setup), listen);
        link.ifPresent(token -> words.add(0, "Make the first user here: %s/setup#%s".formatted(server.url(), token)));
        Service service = services.service(watch);
        service.start(server.url());
        var transport = new ChannelTransport(TransportSettings.defaults(), System::nanoTime);
        var started = new ServiceProcess(services, server, service, transport, ticker(), words);
        started.watch(watch, delivery(services, transport));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("ending").unstarted(started::close));
        return started;
    }

    private static ScheduledExecutorService ticker() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("alerts").factory());
    }

    private void watch(AlertWatch watch, AlertDelivery delivery) {
        var _ = ticker.scheduleWithFixedDelay(
                () -> safely(delivery::deliverDue), 1_000, DELIVER_EACH.toMillis(), TimeUnit.MILLISECONDS);
        var _ = ticker.scheduleWithFixedDelay(
                () -> safely(watch::look), 5_000, LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What fails once is tried again at the next tick.
    private static void safely(Runnable doing) {
        try {
            doing.run();
        } catch (RuntimeException trouble) {
            LOG.log(System.Logger.Level.WARNING, "Alerts could not be looked after", trouble);
        }
    }

    private static AlertDelivery delivery(AppServices services, HttpTransport transport) {
        Map<Channel.Kind, AlertSender> senders = new EnumMap<>(Channel.Kind.class);
        senders.put(Channel.Kind.MAIL, new MailSender(PATIENCE, (SSLSocketFactory) SSLSocketFactory.getDefault()));
        senders.put(Channel.Kind.WEBHOOK, new WebhookSender(transport));
        senders.put(Channel.Kind.COMMAND, new CommandSender(PATIENCE));
        return new AlertDelivery(services.database(), services.channels(), senders, services.clock());
    }

    private static ServerParts parts(AppServices services, Users users, SetupLink setup) {
        return new ServerParts(
                services.database(),
                users,
                services.apiKeys(),
                new Sessions(services.database(), SecureRandom::new, services.clock(), Sessions.Limits.USUAL),
                new Logins(services.database(), users, new LoginThrottle(services.clock()), services.clock()),
                setup,
                services.credentials(),
                services.tasks(),
                services.runs(),
                services.settings(),
                services.alerts(),
                services.channels(),
                new AuditLog(services.database()),
                services.storages(StackWishes.DEFAULTS),
                services.probe(),
                services.encryption(),
                services.clock(),
                ZoneId.systemDefault(),
                Version.TEXT);
    }

    private static SkyferryServer.Listen listen(
            AppServices services, Home home, Serving.Wishes wishes, List<String> words) {
        try {
            Optional<KeyStore> store = store(services, home, wishes);
            var listen = new SkyferryServer.Listen(wishes.host(), wishes.port(), store);
            store.ifPresent(one -> words.add("Its certificate's SHA-256: " + Certificates.fingerprint(one)));
            if (listen.isOpenWithoutTls()) {
                words.add("WARNING: without TLS, everybody on the way can read passwords and keys");
            }
            return listen;
        } catch (IOException unusable) {
            var refused = new RefusedException(String.valueOf(unusable.getMessage()));
            refused.initCause(unusable);
            throw refused;
        }
    }

    private static Optional<KeyStore> store(AppServices services, Home home, Serving.Wishes wishes) throws IOException {
        return switch (wishes.encryption()) {
            case Serving.Encryption.Plain() -> Optional.empty();
            case Serving.Encryption.Own(var certificate, var key) ->
                Optional.of(Certificates.fromPem(certificate, key));
            case Serving.Encryption.Usual() ->
                new SkyferryServer.Listen(wishes.host(), wishes.port(), Optional.empty()).isLoopback()
                        ? Optional.empty()
                        : Optional.of(Certificates.ownIn(
                                home.folder().resolve("tls.p12"),
                                names(wishes.host()),
                                new SecureRandom(),
                                services.clock().instant()));
        };
    }

    private static Set<String> names(String host) {
        Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", host));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            LOG.log(System.Logger.Level.DEBUG, "This machine does not know its name", nameless);
        }
        return names;
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public void await() throws InterruptedException {
        ended.await();
    }

    /// Requests end first, then runs, which stop in order and go on at the next start.
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        server.close();
        ticker.shutdown();
        service.close();
        transport.close();
        services.close();
        ended.countDown();
    }
}
