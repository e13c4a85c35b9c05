package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.web.WebReply;
import io.skyferry.simulators.web.WebRequest;
import io.skyferry.simulators.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Many large files at once go to a server that throws them away, by a process under the launcher's own options.
@Tag("slow")
class ManyUploadsTest {
    private static final int FILES = 64;
    private static final long BYTES = 65L << 20;
    private static final long MOST_KIB = 160 * 1024;

    private final Path folder;
    private final AtomicLong pid = new AtomicLong();
    private final AtomicLong peakKib = new AtomicLong();
    private final AtomicLong parts = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final WebServer server = new WebServer(this::answer);

    ManyUploadsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WebReply answer(WebRequest request) throws IOException {
        boolean isUploads =
                request.query().equals("uploads=") || request.query().startsWith("uploads");
        return switch (request.method()) {
            case "PUT" -> {
                parts.incrementAndGet();
                look();
                yield WebReply.of(200).header("ETag", "\"thrown-away\"");
            }
            case "POST" -> {
                if (isUploads) {
                    yield WebReply.xml(
                            200,
                            "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>");
                }
                finished.incrementAndGet();
                yield WebReply.xml(
                        200,
                        "<CompleteMultipartUploadResult><ETag>&quot;thrown-away-5&quot;</ETag></CompleteMultipartUploadResult>");
            }
            case "GET" ->
                WebReply.xml(
                        200,
                        request.query().contains("uploads=")
                                ? "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
                                : "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
            default -> WebReply.of(404);
        };
    }

    /// The most memory that the process has had so far, as the kernel counts it.
    private void look() throws IOException {
        Path status = Path.of("/proc", Long.toString(pid.get()), "status");
        if (pid.get() == 0 || !Files.exists(status)) {
            return;
        }
        Files.readString(status, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .forEach(kib -> peakKib.accumulateAndGet(Long.parseLong(kib), Math::max));
    }

    private static String[] launchersOptions() throws IOException {
        Process shell = new ProcessBuilder(
                        "sh", "-c", "terminals= && . ../launcher/options.sh && options_for small && echo $options")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream said = shell.getInputStream()) {
            return new String(said.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sixtyFourLargeUploadsAtOnceTakeNoMoreMemoryThanOthers() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        for (int i = 0; i < FILES; i++) {
            try (var file = new RandomAccessFile(source.resolve("file" + i).toFile(), "rw")) {
                file.setLength(BYTES);
            }
        }
        Program program = new Program(
                        folder.resolve("home"),
                        Map.of(
                                "AWS_ACCESS_KEY_ID", "AKIASINK",
                                "AWS_SECRET_ACCESS_KEY", "sink",
                                "AWS_ENDPOINT_URL_S3", server.address().toString()))
                .with(launchersOptions());
        Program.Running running = program.start(
                "copy", "--json", "--transfers", "64", "--s3-provider", "other", source.toString(), "s3:sink/files");
        pid.set(running.process().pid());
        Program.Ended ended = running.end();
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.lastLine()).contains("\"files\":" + FILES, "\"failed\":0");
        assertThat(finished.get()).isEqualTo(FILES);
        assertThat(parts.get()).isEqualTo(FILES * 5L);
        assertThat(peakKib.get()).isBetween(1L, MOST_KIB);
    }
}
