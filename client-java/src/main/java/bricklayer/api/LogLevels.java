package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** Body of {@code /internal/logging} in both directions: logger to level. The only logger is {@code glusterfs}. */
public record LogLevels(@JsonProperty("loglevel") Map<String, String> logLevel) {

    public LogLevels {
        logLevel = Absent.tags(logLevel);
    }
}
