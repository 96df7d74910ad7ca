package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One line a request at INFO, none for probes; a fault of ours in full, under the id that the client was told. */
class RequestLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("bricklayer.http");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // the MDC is gone when the test looks
            super.append(event);
        }
    };

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private List<ILoggingEvent> logged(String path) throws InterruptedException {
        try (SampleServer sample = new SampleServer(request -> "admin")) {
            sample.http.get("/hello");
            sample.http.get(path, "X-Request-ID: r-9");
            sample.nextAnswered();
            sample.nextAnswered();
        } // by then all requests are over
        return lines.list;
    }

    @Test
    void oneLineForARequestAndNoneForAProbe() throws InterruptedException {
        assertThat(logged("/clusters/ab?q=1")).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage())
                    .matches(
                            "request=r-9 method=GET path=/clusters/ab status=200 ms=\\d+ caller=admin peer=127\\.0\\.0\\.1");
            assertThat(line.getMDCPropertyMap()).containsEntry("request", "r-9");
        });
    }

    @Test
    void aFaultIsLoggedWithItsStackUnderTheRequestsId() throws InterruptedException {
        assertThat(logged("/problems/fault")).hasSize(2).first().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("a secret detail");
            assertThat(line.getMDCPropertyMap()).containsEntry("request", "r-9");
        });
    }

    @Test
    void aLineStaysALine() throws InterruptedException {
        assertThat(logged("/a%0aERROR%20" + "x".repeat(500)))
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .doesNotContain("\n")
                        .hasSizeLessThan(400));
    }
}
