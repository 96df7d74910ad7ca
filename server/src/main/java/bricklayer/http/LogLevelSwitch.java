package bricklayer.http;

import bricklayer.config.GlusterConfig.LogLevel;

/** How much this program's own loggers tell. Thread-safe. */
public interface LogLevelSwitch {

    LogLevel level();

    void level(LogLevel wanted);
}
