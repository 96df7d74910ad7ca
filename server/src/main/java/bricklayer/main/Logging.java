package bricklayer.main;

import bricklayer.config.GlusterConfig.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Heketi's log levels for this program's own loggers. */
final class Logging {

    private Logging() {}

    static void level(LogLevel wanted) {
        Level level = switch (wanted) {
            case NONE -> Level.OFF;
            case CRITICAL, ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
        ((Logger) LoggerFactory.getLogger("bricklayer")).setLevel(level);
    }
}
