package bricklayer.main;

import bricklayer.config.GlusterConfig.LogLevel;
import bricklayer.http.LogLevelSwitch;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Heketi's log levels for this program's own loggers. Logback has no level between error and off, so {@code critical} shows what {@code error} shows. */
final class Logging implements LogLevelSwitch {

    private volatile LogLevel current;

    /** Sets the level at once. */
    Logging(LogLevel first) {
        current = first;
        level(first);
    }

    @Override
    public LogLevel level() {
        return current;
    }

    @Override
    public synchronized void level(LogLevel wanted) {
        Level level = switch (wanted) {
            case NONE -> Level.OFF;
            case CRITICAL, ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
        ((Logger) LoggerFactory.getLogger("bricklayer")).setLevel(level);
        current = wanted;
    }
}
